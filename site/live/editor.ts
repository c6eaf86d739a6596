// One code cell to write in: CodeMirror, in the page's own colours. Tab leaves it, so that no keyboard is trapped.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

export interface Editor {
  text(): string;
  set(text: string): void;
  focus(): void;
}

export interface EditorOptions {
  label: string;
  editable: boolean;
  run(): void;
  changed(): void;
}

export function edit(parent: HTMLElement, text: string, options: EditorOptions): Editor {
  const run = (): boolean => (options.run(), true);
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([{ key: "Shift-Enter", run }, { key: "Mod-Enter", run }]),
        history(),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        python(),
        indentUnit.of("    "),
        bracketMatching(),
        syntaxHighlighting(classHighlighter),
        EditorView.lineWrapping,
        EditorState.readOnly.of(!options.editable),
        EditorView.contentAttributes.of({ "aria-label": options.label, "aria-readonly": String(!options.editable) }),
        EditorView.updateListener.of((update) => update.docChanged && options.changed()),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    set: (other) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: other } }),
    focus: () => view.focus(),
  };
}
