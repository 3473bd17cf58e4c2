import type { Check } from '@isthmus/contracts';
import { type ProbeResult, probeHttps } from '../HttpsProbe.ts';
import { check, type Finding } from './check.ts';
import { clockFinding } from './checkDirectory.ts';
import type { RequirementParts } from './RequirementParts.ts';

const remedies: Record<Extract<ProbeResult, { reached: false }>['reason'], string> = {
  certificate:
    'Something between this server and Microsoft answers in its place, or the time of this server is wrong. Take these addresses out of TLS inspection.',
  name: 'Check the DNS servers of this server.',
  connection: 'Allow this server to reach the address on port 443.',
};

function reachFinding(url: string, result: ProbeResult): Finding {
  const { host } = new URL(url);
  if (result.reached) return { state: 'passed', detail: `${host} answered in ${result.milliseconds} ms.` };
  return { state: 'failed', detail: `${host}: ${result.evidence}`, remedy: remedies[result.reason] };
}

/** Only e-mail addresses and mailboxes need it, so that its absence keeps nobody from integrating. */
function exchangeFinding(url: string, result: ProbeResult): Finding {
  const found = reachFinding(url, result);
  if (found.state === 'passed') return found;
  return { ...found, state: 'warning', detail: `${found.detail} E-mail addresses cannot be changed until it answers.` };
}

function trustFinding(results: readonly ProbeResult[]): Finding {
  const untrusted = results.find((result) => !result.reached && result.reason === 'certificate');
  if (untrusted !== undefined && !untrusted.reached) {
    return { state: 'failed', detail: untrusted.evidence, remedy: remedies.certificate };
  }
  if (results.some((result) => result.reached)) {
    return { state: 'passed', detail: 'The certificates of Microsoft 365 are trusted.' };
  }
  return { state: 'unknown', detail: 'Not checked, because nothing answered.' };
}

/** The header has whole seconds and was written half a journey ago. */
function cloudClock(results: readonly ProbeResult[], now: Date): Finding {
  const answered = results.find((result) => result.reached && result.date !== undefined);
  if (answered === undefined || !answered.reached || answered.date === undefined) {
    return { state: 'unknown', detail: 'Not checked, because nothing answered.' };
  }
  const theirs = answered.date.getTime() + 500;
  return clockFinding(theirs - (now.getTime() - answered.milliseconds / 2), 'Microsoft 365');
}

/** Whether the sign-in service, Graph and Exchange can be reached and trusted, and agree with us about the time. */
export async function checkCloud(parts: RequirementParts): Promise<Check[]> {
  const { loginUrl, graphUrl, exchangeUrl, caPem } = parts.endpoints;
  const results = await Promise.all([
    probeHttps(`${loginUrl}/common/v2.0/.well-known/openid-configuration`, caPem),
    probeHttps(`${graphUrl}/v1.0/`, caPem),
    probeHttps(`${exchangeUrl}/`, caPem),
  ]);
  const now = parts.clock.now();
  return [
    check('login-reachable', 'The sign-in service of Microsoft can be reached', reachFinding(loginUrl, results[0])),
    check('graph-reachable', 'Microsoft Graph can be reached', reachFinding(graphUrl, results[1])),
    check('exchange-reachable', 'Exchange Online can be reached', exchangeFinding(exchangeUrl, results[2])),
    check('cloud-tls', 'The connection to Microsoft 365 is trusted', trustFinding(results)),
    check('cloud-clock', 'Microsoft 365 and this server have the same time', cloudClock(results, now)),
  ];
}
