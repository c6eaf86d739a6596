// A learner's work: the notebook itself, kept in this browser, written to a file and read from one.

import { type Notebook, sourceOf } from "./messages";

// A unit's notebook as it was left, and the release that it was handed out with.
export interface Work {
  release: string;
  notebook: Notebook;
}

const NAME = "second-car";

function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(NAME);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      try {
        const transaction = opening.result.transaction(NAME, mode);
        const request = act(transaction.objectStore(NAME));
        // A full store shows only when all is written.
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error);
      } catch (problem) {
        reject(problem);
      }
    };
  });
}

export const read = <T>(key: string): Promise<T | undefined> => inStore("readonly", (store) => store.get(key));
export const keep = (key: string, value: unknown): Promise<unknown> =>
  inStore("readwrite", (store) => store.put(value, key));

// Puts the answers of one notebook into another, cell by cell, where a learner may write; returns how many differ.
export function carry(from: Notebook, to: Notebook): number {
  const known = new Map(from.cells.map((cell) => [cell.id, sourceOf(cell)]));
  let changed = 0;
  for (const cell of to.cells) {
    const text = known.get(cell.id);
    if (cell.cell_type !== "code" || cell.metadata.editable === false) continue;
    if (text === undefined || text === sourceOf(cell)) continue;
    cell.source = text;
    changed += 1;
  }
  return changed;
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
