/** HTML that is safe to put into a page as it is. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | readonly Html[];

/** Template of HTML: everything put in is escaped, unless it is HTML already. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((string, index) => string + partText(parts[index])).join(''));
}

function partText(part: Part | undefined): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map((one) => one.text).join('');
  return escapeText(String(part));
}

function escapeText(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

const style = new Html(`<style>
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: light-dark(#f3f3f3, #1c1c1c); }
  main { max-width: 27rem; margin: 8vh auto; padding: 2.5rem; background: light-dark(#fff, #2b2b2b);
    box-shadow: 0 2px 6px rgb(0 0 0 / .2); }
  h1 { font-size: 1.5rem; font-weight: 600; margin: 0 0 1rem; }
  label { display: block; margin-top: 1rem; font-weight: 600; }
  input:not([type=checkbox]) { box-sizing: border-box; width: 100%; font: inherit; padding: .4rem; margin-top: .25rem; }
  label.check { font-weight: 400; } button { font: inherit; padding: .4rem 1.6rem; margin: 1.5rem .5rem 0 0; }
  [role=alert] { color: light-dark(#a4262c, #ff9a9f); } footer { margin-top: 2rem; font-size: .8rem; }
</style>`);

/** A page of the sign-in service. */
export function page(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${style}</head>
<body><main>${content}<footer>Microsoft 365 emulator. Not a Microsoft service.</footer></main></body>
</html>
`.text;
}
