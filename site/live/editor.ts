// One code cell to write in: CodeMirror, in the page's own colours. Tab leaves it, so that no keyboard is trapped.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

export class Editor extends EditorView {
  constructor(parent: HTMLElement, text: string, label: string, editable: boolean, act: () => void, changed: () => void) {
    const run = (): boolean => (act(), true);
    const extensions = [
      keymap.of([{ key: "Shift-Enter", run }, { key: "Mod-Enter", run }]),
      history(),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      python(),
      indentUnit.of("    "),
      bracketMatching(),
      syntaxHighlighting(classHighlighter),
      EditorView.lineWrapping,
      EditorState.readOnly.of(!editable),
      EditorView.contentAttributes.of({ "aria-label": label, "aria-readonly": String(!editable) }),
      EditorView.updateListener.of((update) => update.docChanged && changed()),
    ];
    super({ parent, doc: text, extensions });
  }

  get text(): string {
    return this.state.doc.toString();
  }

  set text(other: string) {
    this.dispatch({ changes: { from: 0, to: this.state.doc.length, insert: other } });
  }
}
