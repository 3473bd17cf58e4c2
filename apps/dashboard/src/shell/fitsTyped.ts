/**
 * Whether every word typed stands in one of the texts. While the server still looks, the list before is narrowed by it:
 * Enter must never choose somebody whom the text typed meanwhile rules out.
 */
export function fitsTyped(typed: string, texts: readonly string[]): boolean {
  const haystack = texts.join(' ').toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}
