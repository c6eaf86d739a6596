// Makes the code cells of a page live: they are edited here and run by one Python in a worker; work is kept.

import { proxy, type Remote, wrap } from "comlink";
import barHtml from "./bar.html";
import { Editor } from "./editor";
import { carry, type Cell, download, keep, type Notebook, type Output, parse, read, sourceOf, type Work } from "./work";
import type { Boot, Live as Python, Ran } from "./worker";

// What the site says of a live page. cells: the ids of its code cells, in the order of the page.
type Unit = Omit<Boot, "kept" | "top"> & Work & { cells: string[]; waits: boolean };
type Live = { cell: Cell; editor: Editor; out: HTMLElement };
const FULL = "Your work could not be kept: this browser's store is full or closed. Download it before you leave.";

const element = <K extends keyof HTMLElementTagNameMap>(tag: K, text = "", className = ""): HTMLElementTagNameMap[K] =>
  Object.assign(document.createElement(tag), { textContent: text, className });

const button = (text: string, onclick: () => void, ariaLabel = text): HTMLButtonElement =>
  Object.assign(element("button", text, "live-button"), { type: "button", onclick, ariaLabel });

class LivePage {
  private worker?: Worker;
  private python!: Remote<Python>;
  // Throws when this Python ends; a cell that was running never answers then.
  private ended!: Promise<never>;
  private end!: (why: Error) => void;
  private cells = new Map<string, Live>();
  private waiting = 0;
  private count = 0;
  private kept: Record<string, string> = {};
  private touched = false;
  private saving = 0;
  private bar!: HTMLProgressElement;
  private state!: HTMLElement;
  private notice!: HTMLElement;

  constructor(private readonly unit: Unit, private readonly base: URL, private readonly notebook: Notebook) {}

  async open(): Promise<void> {
    this.showBar();
    this.kept = (await read<Record<string, string>>("progress")) ?? {};
    if (!this.unit.waits) this.start();
    const places = document.querySelectorAll<HTMLElement>("div.cell");
    const byId = new Map(this.notebook.cells.map((cell) => [cell.id, cell]));
    this.unit.cells.forEach((id, number) => this.enliven(byId.get(id)!, places[number]!));
    await this.restore();
  }

  // Takes up what was done here before; a unit that has changed since is new, and the old one is kept beside it.
  private async restore(): Promise<void> {
    const work = await read<Work>(this.unit.unit);
    if (!work) return;
    if (work.release === this.unit.release) return this.show(work.notebook);
    await keep(`${this.unit.unit} ${work.release}`, work).catch(() => this.say(FULL));
    this.notice.replaceChildren(
      "This unit has changed since you worked on it. Your work on the old one is kept. ",
      button("Download it", () => download(work.notebook, `${this.unit.unit}.ipynb`)),
      button("Put my answers in here", () => this.bring(work.notebook)),
    );
  }

  private show(notebook: Notebook): void {
    carry(notebook, this.notebook);
    const outputs = new Map(notebook.cells.map((cell) => [cell.id, cell.outputs]));
    // A page may show a few cells of a notebook; those that it does not show keep what they have, too.
    for (const cell of this.notebook.cells) if (cell.cell_type === "code") cell.outputs = outputs.get(cell.id) ?? [];
    for (const { cell, editor, out } of this.cells.values()) {
      editor.text = sourceOf(cell);
      if (cell.outputs?.length) this.showOutputs(out, cell.outputs);
    }
    this.touched = false;
  }

  private enliven(cell: Cell, place: HTMLElement): void {
    const exercise = cell.metadata.nbgrader?.grade && /^check\("([\w-]+)"/m.exec(sourceOf(cell))?.[1];
    const label = exercise ? `Check of ${exercise}` : `Code: ${cell.id}`;
    const input = element("div", "", "live-input");
    const out = place.querySelector<HTMLElement>(".cell_output") ?? element("div");
    out.classList.add("cell_output", "live-output");
    out.ariaLive = "polite";
    place.querySelector(".cell_input")?.remove();
    const run = (): void => void this.run(live);
    const editable = cell.metadata.editable !== false;
    const editor = new Editor(input, sourceOf(cell), label, editable, run, () => this.changed(live));
    const live: Live = { cell, editor, out };
    input.addEventListener("focusin", () => this.start(), { once: true });
    const tools = element("div", "", "live-tools");
    tools.append(button("Run", run, `Run ${label}`));
    for (const word of exercise ? ["Hint", "Solution"] : []) {
      const code = `from secondcar import ${word.toLowerCase()}\n${word.toLowerCase()}("${exercise}")`;
      tools.append(button(word, () => void this.ask(code, out), `${word} for ${exercise}`));
    }
    place.classList.add("live");
    place.prepend(input, tools);
    place.append(out);
    this.cells.set(cell.id, live);
  }

  private changed({ cell, editor }: Live): void {
    this.touched = true;
    cell.source = editor.text;
    clearTimeout(this.saving);
    this.saving = window.setTimeout(() => void this.save(), 300);
  }

  private async save(): Promise<void> {
    const work: Work = { release: this.unit.release, notebook: this.notebook };
    await Promise.all([keep(this.unit.unit, work), keep("progress", this.kept)]).catch(() => this.say(FULL));
  }

  private async run({ cell, editor, out }: Live): Promise<void> {
    out.ariaBusy = "true";
    cell.outputs = await this.ask(editor.text, out);
    cell.execution_count = ++this.count;
    await this.save();
  }

  private async runAll(): Promise<void> {
    for (const live of this.cells.values()) await this.run(live);
    this.say("All cells have run.");
  }

  private async ask(code: string, out: HTMLElement): Promise<Output[]> {
    this.start();
    this.waiting += 1;
    this.say(this.bar.value < 1 ? "Python is starting. Your cell runs as soon as it is ready." : "Running.");
    const ran = await Promise.race([this.python.run(code), this.ended]).catch((problem: Error): Ran => {
      this.stop(`Python has stopped: ${problem.message.slice(0, 300)} Run a cell, and it starts anew.`);
      return { outputs: [{ output_type: "stream", name: "stderr", text: problem.message }], kept: this.kept };
    });
    this.waiting -= 1;
    this.kept = ran.kept;
    this.showOutputs(out, ran.outputs);
    if (!this.waiting && this.worker) this.say("Ready.");
    return ran.outputs;
  }

  private showOutputs(out: HTMLElement, outputs: Output[]): void {
    out.ariaBusy = null;
    out.replaceChildren(...outputs.map((output) => this.shown(output)));
  }

  private shown(output: Output): HTMLElement {
    const html = output.data?.["text/html"];
    if (!html) {
      const text = output.text ?? output.data?.["text/plain"] ?? output.traceback?.join("\n") ?? "";
      return Object.assign(element("pre", text, `live-${output.name ?? output.output_type}`), { tabIndex: 0 });
    }
    const made = element("div", "", "live-html");
    made.innerHTML = html;
    // An empty corner of a table is no heading.
    for (const table of made.querySelectorAll("table")) table.tabIndex = 0;
    for (const head of made.querySelectorAll("th")) if (!head.textContent) head.replaceWith(element("td"));
    return made;
  }

  private start(): void {
    if (this.worker) return;
    const { cells, notebook, release, waits, ...boot } = this.unit;
    const told = { ...boot, top: this.base.href, kept: this.kept };
    this.say("Python is starting. You can read and write meanwhile.");
    this.worker = new Worker(new URL("_static/live/worker.js", this.base), { type: "module" });
    this.python = wrap<Python>(this.worker);
    this.ended = new Promise((_, reject) => (this.end = reject));
    this.ended.catch((problem: Error) => this.say(problem.message));
    this.worker.onerror = (event) => this.stop(`Python has stopped: ${event.message}`);
    const share = (part: number): void => {
      this.bar.value = part;
      if (part === 1) this.say(this.waiting ? "Running." : "Ready.");
    };
    this.python.boot(told, proxy(share)).catch((problem: Error) => {
      this.stop(`Python did not start: ${problem.message.slice(0, 300)} Run a cell to try again.`);
    });
  }

  private stop(why: string): void {
    if (!this.worker) return;
    this.worker.terminate();
    this.worker = undefined;
    this.bar.value = 0;
    this.end(new Error(why));
  }

  private bring(from: Notebook): void {
    if (this.touched) download(this.notebook, `${this.unit.unit}-before.ipynb`);
    const changed = carry(from, this.notebook);
    for (const { cell, editor } of this.cells.values()) editor.text = sourceOf(cell);
    void this.save();
    this.say(`${changed} of your cells ${changed === 1 ? "is" : "are"} here now. Run them to see what the checks say.`);
  }

  private async chosen(files: FileList | null): Promise<void> {
    try {
      if (files?.[0]) this.bring(parse(await files[0].text(), this.unit.unit, this.notebook));
    } catch (problem) {
      this.say((problem as Error).message);
    }
  }

  private say(text: string): void {
    this.state.textContent = text;
  }

  private showBar(): void {
    document.querySelector("article")?.insertAdjacentHTML("beforeend", barHtml);
    const find = <T extends HTMLElement>(what: string): T => document.querySelector<T>(`.live-bar ${what}`)!;
    [this.bar, this.state, this.notice] = [find("progress"), find(".live-state"), find(".live-notice")];
    const file = find<HTMLInputElement>("input");
    file.onchange = () => void this.chosen(file.files);
    find("[name=run]").onclick = () => void this.runAll();
    find("[name=restart]").onclick = () => this.stop("Python starts anew when you run a cell. Your text is as it was.");
    find("[name=download]").onclick = () => download(this.notebook, `${this.unit.unit}.ipynb`);
    find("[name=bring]").onclick = () => file.click();
    this.say(this.unit.waits ? "Python starts when you click into a cell." : "Python is starting.");
  }
}

const told = document.querySelector<HTMLMetaElement>('meta[name="second-car-live"]');
if (told) {
  const address = new URL(told.content, location.href);
  const unit = (await (await fetch(address)).json()) as Unit;
  await new LivePage(unit, new URL("../../", address), structuredClone(unit.notebook)).open();
  document.documentElement.dataset.live = "ready";
}
