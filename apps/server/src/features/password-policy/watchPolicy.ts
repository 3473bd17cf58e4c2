import type { Platform } from '../../composition/Platform.ts';
import { policyProblems } from './judgePolicy.ts';

const CODE = 'passwords.policy-weak';

/**
 * Raises an alert while the policy of the domain lets passwords through that Microsoft 365 refuses. A directory that
 * cannot be reached has an alert of its own.
 */
export async function watchPolicy({ connections, alerts }: Platform): Promise<void> {
  const integrated = connections.findMicrosoft365() !== undefined;
  const info = integrated
    ? await connections
        .findDirectory()
        ?.info()
        .catch(() => undefined)
    : undefined;
  if (integrated && info === undefined) return;
  const problems = info === undefined ? [] : policyProblems(info.passwordPolicy, integrated);
  const weak = problems.filter(({ code }) => code.startsWith('passwords.policy-'));
  if (weak.length === 0) return alerts.resolve(CODE);
  return alerts.raise({
    code: CODE,
    severity: 'warning',
    title: 'The password policy of the domain is weaker than Microsoft 365 demands',
    detail: weak.map(({ message }) => message).join(' '),
    remedy: 'Make it stronger under Settings, Passwords.',
  });
}
