// Makes the code cells of a page live: they are edited here and run by one Python in a worker; work is kept.

import { edit, type Editor } from "./editor";
import { type Cell, type FromWorker, type Notebook, type Output, sourceOf, type ToWorker, type Unit } from "./messages";
import { carry, download, keep, parse, read, type Work } from "./work";

interface Live {
  cell: Cell;
  editor: Editor;
  out: HTMLElement;
}

const element = <K extends keyof HTMLElementTagNameMap>(tag: K, text = "", className = ""): HTMLElementTagNameMap[K] =>
  Object.assign(document.createElement(tag), { textContent: text, className });

const button = (text: string, act: () => void, label = text): HTMLButtonElement => {
  const made = element("button", text, "live-button");
  made.type = "button";
  made.ariaLabel = label;
  made.onclick = act;
  return made;
};

class LivePage {
  private worker?: Worker;
  private cells = new Map<string, Live>();
  private waiting = new Map<number, (outputs: Output[]) => void>();
  private count = 0;
  private kept: Record<string, string> = {};
  private touched = false;
  private saving = 0;
  private bar = element("progress");
  private state = element("span", "", "live-state");
  private notice = element("p", "", "live-notice");

  constructor(
    private readonly unit: Unit,
    private readonly base: URL,
    private readonly notebook: Notebook,
  ) {}

  async open(): Promise<void> {
    this.showBar();
    this.kept = (await read<Record<string, string>>("progress").catch(() => undefined)) ?? {};
    const places = document.querySelectorAll<HTMLElement>("div.cell");
    const byId = new Map(this.notebook.cells.map((cell) => [cell.id, cell]));
    this.unit.cells.forEach((id, number) => {
      const [cell, place] = [byId.get(id), places[number]];
      if (cell && place) this.enliven(cell, place);
    });
    await this.restore();
    if (!this.unit.waits) this.start();
  }

  // Takes up what was done here before; a unit that has changed since is new, and the old one is kept beside it.
  private async restore(): Promise<void> {
    const work = await read<Work>(this.unit.unit).catch(() => undefined);
    if (!work) return;
    if (work.release === this.unit.release) return this.show(work.notebook);
    const name = `${this.unit.unit} ${work.release}`;
    await keep(name, work).catch(() => this.full());
    this.notice.replaceChildren(
      "This unit has changed since you worked on it. Your work on the old one is kept. ",
      button("Download it", () => download(work.notebook, `${this.unit.unit}.ipynb`)),
      button("Put my answers in here", () => this.bring(work.notebook)),
    );
  }

  private show(notebook: Notebook): void {
    for (const cell of notebook.cells) {
      const live = this.cells.get(cell.id);
      const own = this.notebook.cells.find((other) => other.id === cell.id);
      if (!own || cell.cell_type !== "code") continue;
      own.source = own.metadata.editable === false ? own.source : cell.source;
      own.outputs = cell.outputs;
      live?.editor.set(sourceOf(own));
      if (live && cell.outputs?.length) this.showOutputs(live, cell.outputs);
    }
    this.touched = false;
  }

  private enliven(cell: Cell, place: HTMLElement): void {
    const exercise = /^check\("([\w-]+)"/m.exec(sourceOf(cell))?.[1];
    const label = exercise && cell.metadata.nbgrader?.grade ? `Check of ${exercise}` : `Code: ${cell.id}`;
    const input = element("div", "", "live-input");
    const out = place.querySelector<HTMLElement>(".cell_output") ?? element("div");
    out.classList.add("cell_output", "live-output");
    out.ariaLive = "polite";
    place.querySelector(".cell_input")?.remove();
    const editor = edit(input, sourceOf(cell), {
      label,
      editable: cell.metadata.editable !== false,
      run: () => void this.run(live),
      changed: () => this.changed(live),
    });
    const live: Live = { cell, editor, out };
    input.addEventListener("focusin", () => this.start(), { once: true });
    const tools = element("div", "", "live-tools");
    tools.append(button("Run", () => void this.run(live), `Run ${label}`));
    if (exercise && cell.metadata.nbgrader?.grade) {
      for (const [word, call] of [["Hint", "hint"], ["Solution", "solution"]] as const) {
        const code = `from secondcar import ${call}\n${call}("${exercise}")`;
        tools.append(button(word, () => void this.ask(code, out), `${word} for ${exercise}`));
      }
    }
    place.classList.add("live");
    place.prepend(input, tools);
    if (!out.isConnected) place.append(out);
    this.cells.set(cell.id, live);
  }

  private changed(live: Live): void {
    this.touched = true;
    live.cell.source = live.editor.text();
    clearTimeout(this.saving);
    this.saving = window.setTimeout(() => void this.save(), 300);
  }

  private async save(): Promise<void> {
    const work: Work = { release: this.unit.release, notebook: this.notebook };
    try {
      await keep(this.unit.unit, structuredClone(work));
      await keep("progress", this.kept);
    } catch {
      this.full();
    }
  }

  private full(): void {
    this.say("Your work could not be kept: this browser's store is full or closed. Download it before you leave.");
  }

  private async run(live: Live): Promise<void> {
    live.out.setAttribute("aria-busy", "true");
    const outputs = await this.ask(live.editor.text(), live.out);
    live.cell.outputs = outputs;
    live.cell.source = live.editor.text();
    live.cell.execution_count = this.count;
    await this.save();
  }

  private async runAll(): Promise<void> {
    for (const live of this.cells.values()) await this.run(live);
    this.say("All cells have run.");
  }

  private async ask(code: string, out: HTMLElement): Promise<Output[]> {
    this.start();
    const id = ++this.count;
    this.say(this.bar.value < 1 ? "Python is starting. Your cell runs as soon as it is ready." : "Running.");
    const outputs = await new Promise<Output[]>((resolve) => {
      this.waiting.set(id, resolve);
      this.send({ id, code });
    });
    this.showOutputs({ out }, outputs);
    if (!this.waiting.size) this.say("Ready.");
    return outputs;
  }

  private showOutputs({ out }: { out: HTMLElement }, outputs: Output[]): void {
    out.removeAttribute("aria-busy");
    out.replaceChildren(
      ...outputs.map((output) => {
        const html = output.data?.["text/html"];
        if (html) {
          const made = element("div", "", "live-html");
          made.innerHTML = html;
          // An empty corner of a table is no heading.
          for (const table of made.querySelectorAll("table")) table.tabIndex = 0;
          for (const head of made.querySelectorAll("th")) if (!head.textContent) head.replaceWith(element("td"));
          return made;
        }
        const text = output.text ?? output.data?.["text/plain"] ?? output.traceback?.join("\n") ?? "";
        const made = element("pre", text, `live-${output.name ?? output.output_type}`);
        made.tabIndex = 0;
        return made;
      }),
    );
  }

  private start(): void {
    if (this.worker) return;
    const { cells, notebook, release, waits, ...boot } = this.unit;
    const at = (path: string): string => new URL(path, this.base).href;
    this.bar.value = 0;
    this.say("Python is starting. You can read and write meanwhile.");
    this.worker = new Worker(at("_static/live/worker.js"), { type: "module" });
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.hear(data);
    this.worker.onerror = (event) => this.hear({ failed: event.message });
    this.send({ boot: { ...boot, pyodide: at(boot.pyodide), python: at(boot.python), kept: this.kept } });
  }

  private send(message: ToWorker): void {
    this.worker?.postMessage(message);
  }

  private hear(message: FromWorker): void {
    if (message.share) {
      this.bar.value = message.share;
      performance.mark(`share ${message.share}`);
      if (message.share === 1) this.say(this.waiting.size ? "Running." : "Ready.");
    }
    if (message.kept) this.kept = message.kept;
    if (message.id && message.outputs) this.settle(message.id, message.outputs);
    if (message.failed) this.stop(`Python has stopped: ${message.failed} Run a cell, and it starts anew.`);
  }

  private settle(id: number, outputs: Output[]): void {
    this.waiting.get(id)?.(outputs);
    this.waiting.delete(id);
  }

  private stop(why: string): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.bar.value = 0;
    for (const id of [...this.waiting.keys()]) this.settle(id, [{ output_type: "stream", text: why }]);
    setTimeout(() => this.say(why));
  }

  private bring(from: Notebook): void {
    if (this.touched) download(this.notebook, `${this.unit.unit}-before.ipynb`);
    const changed = carry(from, this.notebook);
    for (const live of this.cells.values()) live.editor.set(sourceOf(live.cell));
    void this.save();
    this.say(`${changed} of your cells ${changed === 1 ? "is" : "are"} here now. Run them to see what the checks say.`);
  }

  private async chosen(files: FileList | null): Promise<void> {
    if (!files?.[0]) return;
    try {
      this.bring(parse(await files[0].text(), this.unit.unit, this.notebook));
    } catch (problem) {
      this.say((problem as Error).message);
    }
  }

  private say(text: string): void {
    this.state.textContent = text;
  }

  private showBar(): void {
    const bar = element("div", "", "live-bar");
    bar.setAttribute("role", "region");
    bar.ariaLabel = "Python and your work";
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.ariaLabel = "How far Python's start is";
    this.state.setAttribute("role", "status");
    this.say(this.unit.waits ? "Python starts when you click into a cell." : "Python is starting.");
    const file = element("input");
    Object.assign(file, { type: "file", accept: ".ipynb,application/json", hidden: true, ariaLabel: "Your notebook" });
    file.onchange = () => void this.chosen(file.files);
    bar.append(
      this.bar,
      this.state,
      button("Run all", () => void this.runAll()),
      button("Restart Python", () => this.stop("Python starts anew when you run a cell. Your text is as it was.")),
      button("Download my work", () => download(this.notebook, `${this.unit.unit}.ipynb`)),
      button("Bring my work back", () => file.click()),
      file,
      this.notice,
    );
    document.querySelector("article")?.append(bar);
  }
}

const told = document.querySelector<HTMLMetaElement>('meta[name="second-car-live"]');
if (told) {
  const address = new URL(told.content, location.href);
  const answer = await fetch(address);
  const unit = (await answer.json()) as Unit;
  await new LivePage(unit, new URL("../../", address), structuredClone(unit.notebook)).open();
  document.documentElement.dataset.live = "ready";
}
