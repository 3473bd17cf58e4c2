import { formPostPage } from '../pages/pages.ts';
import type { Flow } from './InteractiveFlows.ts';
import type { Outcome } from './Outcome.ts';

/** Sends the browser back to the client with an answer, in the way the client asked for. */
export function answerUrl(
  purpose: Extract<Flow['purpose'], { redirectUri: string }>,
  answer: Readonly<Record<string, string>>,
): Outcome {
  const fields = purpose.state === null ? answer : { ...answer, state: purpose.state };
  const mode = purpose.kind === 'authorize' ? purpose.responseMode : 'query';
  if (mode === 'form_post') return { kind: 'page', html: formPostPage(purpose.redirectUri, fields) };
  const url = new URL(purpose.redirectUri);
  const parameters = new URLSearchParams(fields);
  if (mode === 'fragment') url.hash = parameters.toString();
  else for (const [name, value] of parameters) url.searchParams.set(name, value);
  return { kind: 'redirect', url: url.href };
}
