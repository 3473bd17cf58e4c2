import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DomainError } from '@isthmus/kernel';
import { writeDescription } from './domain-controller/provisionedArchive.ts';
import type { SambaDomainController } from './domain-controller/SambaDomainController.ts';
import { startSambaDomainController } from './domain-controller/startSambaDomainController.ts';

const JOIN_SCRIPT = join(import.meta.dirname, 'domain-controller', 'join.py');

/**
 * A second controller, `dc2`, of the same domain. It knows what the first one knew when it joined; as each has a network of
 * its own, nothing is replicated afterwards: it stays as late as a controller can be.
 */
export async function joinTestDomainController(first: SambaDomainController): Promise<SambaDomainController> {
  const folder = join(tmpdir(), `isthmus-test-${randomUUID()}`);
  await mkdir(folder, { mode: 0o700 });
  const { realm, domain, guide } = first;
  const administratorPassword = first.administrator.password;
  const joining = await first.exec(['/usr/bin/python3', '-I', JOIN_SCRIPT, folder], {
    input: JSON.stringify({ realm, domain, hostName: 'dc2', administratorPassword }),
  });
  if (joining.exitCode !== 0) {
    throw new DomainError({
      code: 'sandbox.provisioning-failed',
      message: `The second controller could not join: ${joining.stderr.trim().split('\n').slice(-3).join(' ')}`,
      remedy: 'Check that samba-ad-provision and samba-dsdb-modules are installed.',
    });
  }
  const settings = { realm, domain, hostName: 'dc2', passwordCapture: false, captureFingerprint: undefined };
  await writeDescription(folder, { ...settings, administratorPassword, guide });
  return startSambaDomainController({ folder, realm, domain, passwordCapture: false, throwAway: true });
}
