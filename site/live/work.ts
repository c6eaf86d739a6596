// A learner's work: the notebook itself, kept in this browser, written to a file and read from one.

import { clear, createStore, get, set } from "idb-keyval";

export interface Output {
  output_type: "stream" | "display_data" | "execute_result" | "error";
  name?: string;
  text?: string;
  data?: Record<string, string>;
  traceback?: string[];
}

export interface Cell {
  id: string;
  cell_type: string;
  source: string | string[];
  metadata: { editable?: boolean; nbgrader?: { grade?: boolean } };
  outputs?: Output[];
  execution_count?: number | null;
}

export type Notebook = { cells: Cell[] };

// A unit's notebook as it was left, and the release that it was handed out with.
export type Work = { release: string; notebook: Notebook };

const store = createStore("second-car", "second-car");
export const read = <T>(key: string): Promise<T | undefined> => get<T>(key, store).catch(() => undefined);
// Of Python: kept for speed alone, so it gives way where there is no room for work.
export const memories = createStore("second-car-python", "memories");
export const keep = (key: string, value: unknown): Promise<void> => {
  const put = (): Promise<void> => set(key, structuredClone(value), store);
  return put().catch(() => clear(memories).then(put));
};

export const sourceOf = (cell: Cell): string => [cell.source].flat().join("");

// Puts the answers of one notebook into another, cell by cell, where a learner may write; returns how many differ.
export function carry(from: Notebook, to: Notebook): number {
  const known = new Map(from.cells.map((cell) => [cell.id, sourceOf(cell)]));
  const changed = to.cells.filter(
    (cell) =>
      cell.cell_type === "code" &&
      cell.metadata.editable !== false &&
      ![undefined, sourceOf(cell)].includes(known.get(cell.id)),
  );
  for (const cell of changed) cell.source = known.get(cell.id)!;
  return changed.length;
}

// Reads a notebook's file. It throws a sentence if there is none of this unit in it.
export function parse(text: string, unit: string, own: Notebook): Notebook {
  let found: Notebook;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Error("This file is not a notebook: choose the .ipynb file that you downloaded.");
  }
  const names = (notebook: Notebook): string[] =>
    (Array.isArray(notebook?.cells) ? notebook.cells : []).filter((c) => c?.metadata?.nbgrader).map((c) => c.id);
  const expected = new Set(names(own));
  if (!names(found).some((name) => expected.has(name))) {
    throw new Error(`This file holds no cell of ${unit}: open the page of its own unit, and bring it back there.`);
  }
  return found;
}

export function download(notebook: Notebook, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(notebook, null, 1)}\n`], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
