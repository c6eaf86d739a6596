// What the page and its Python say to each other, and what a notebook's file holds.

export interface Output {
  output_type: "stream" | "display_data" | "execute_result" | "error";
  name?: string;
  text?: string;
  data?: Record<string, string>;
  traceback?: string[];
  [other: string]: unknown;
}

export interface Cell {
  id: string;
  cell_type: string;
  source: string | string[];
  metadata: { editable?: boolean; nbgrader?: { solution?: boolean; grade?: boolean } };
  outputs?: Output[];
  execution_count?: number | null;
}

export interface Notebook {
  cells: Cell[];
  metadata: object;
  nbformat: number;
  nbformat_minor: number;
}

// pyodide: where Pyodide's core is. python: where the site keeps the rest. downloads: how many files a start takes.
export interface Boot {
  pyodide: string;
  python: string;
  packages: string[];
  downloads: number;
  unit: string;
  files: Record<string, string>;
  kept: Record<string, string>;
  setup: string;
}

// What the site says of a live page. cells: the ids of its code cells, in the order of the page.
export interface Unit extends Omit<Boot, "kept"> {
  cells: string[];
  notebook: Notebook;
  release: string;
  waits: boolean;
}

export type ToWorker = { boot: Boot } | { boot?: undefined; id: number; code: string };

export interface FromWorker {
  id?: number;
  outputs?: Output[];
  kept?: Record<string, string>;
  share?: number;
  failed?: string;
}

export const sourceOf = (cell: Cell): string => (Array.isArray(cell.source) ? cell.source.join("") : cell.source);
