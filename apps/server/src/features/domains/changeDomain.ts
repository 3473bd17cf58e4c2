import type { RecordOptions } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import type { DomainParts } from './DomainParts.ts';
import { demandWatched, updateWatched } from './watchedDomains.ts';

interface By {
  readonly actor: Actor;
  readonly requestId: string;
}

const record = ({ audit }: Platform, action: string, name: string, sentence: string, { actor, requestId }: By) =>
  audit.record({
    actor: actor.userName,
    address: actor.address,
    action: `domain.${action}`,
    sentence,
    subject: name,
    result: 'done',
    requestId,
  });

/** Which further records a domain should have, and whether its mail has moved. */
export async function changeDomain(
  platform: Platform,
  name: string,
  changes: {
    readonly hasMoved?: boolean | undefined;
    readonly options?: { readonly [Name in keyof RecordOptions]?: boolean | undefined } | undefined;
  },
  by: By,
): Promise<void> {
  const row = await demandWatched(platform.database, name);
  const { options = {}, hasMoved = row.has_moved } = changes;
  await updateWatched(platform.database, name, {
    has_moved: hasMoved,
    options: JSON.stringify({ ...row.options, ...options }),
  });
  await record(platform, 'change', name, `Changed which records ${name} should have`, by);
}

/** Makes it the domain that new online accounts get. @throws DomainError `online.domain-missing` */
export async function setDefaultDomain({ platform, refreshTenant }: DomainParts, name: string, by: By): Promise<void> {
  const domain = await platform.connections.getMicrosoft365().domains.setDefault(name, { lane: 'interactive' });
  if (!domain.isVerified) {
    throw new DomainError({
      code: 'online.domain-not-verified',
      message: `The domain ${name} is not verified.`,
      remedy: 'Prove that it is yours first.',
    });
  }
  await record(platform, 'set-default', name, `Made ${name} the default domain`, by);
  await refreshTenant();
  platform.events.publish({ topic: 'integration' });
}
