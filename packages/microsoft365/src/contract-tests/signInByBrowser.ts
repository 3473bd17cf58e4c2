import type { Emulator } from 'microsoft365-emulator';
import { Agent, request } from 'undici';

const MOST_PAGES = 6;

/** Goes through the pages of a device sign-in as a person does: reads each form and fills in what it asks for. */
export async function signInByBrowser(
  emulator: Emulator,
  start: { readonly verificationUri: string; readonly userCode: string },
  answers: { readonly username: string; readonly password: string; readonly decision?: 'accept' | 'cancel' },
): Promise<string> {
  const agent = new Agent({ connect: { ca: emulator.caPem } });
  const known: Readonly<Record<string, string>> = {
    otc: start.userCode,
    login: answers.username,
    passwd: answers.password,
    decision: answers.decision ?? 'accept',
  };
  try {
    let page = await (await request(start.verificationUri, { dispatcher: agent })).body.text();
    for (let count = 0; count < MOST_PAGES; count++) {
      const form = readForm(page, known);
      if (form === undefined) return page;
      const answer = await request(new URL(form.action, start.verificationUri), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form.fields).toString(),
        dispatcher: agent,
      });
      page = await answer.body.text();
    }
    throw new Error('The sign-in has no end');
  } finally {
    await agent.destroy();
  }
}

function readForm(page: string, known: Readonly<Record<string, string>>) {
  const action = /<form[^>]* action="([^"]*)"/.exec(page)?.[1];
  if (action === undefined) return undefined;
  const fields: Record<string, string> = {};
  for (const [tag] of page.matchAll(/<(?:input|button)[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    if (name === undefined || /type="checkbox"/.test(tag)) continue;
    fields[name] = known[name] ?? /value="([^"]*)"/.exec(tag)?.[1] ?? '';
  }
  return { action: action.replaceAll('&amp;', '&'), fields };
}
