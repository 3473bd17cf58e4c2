import { randomUUID } from 'node:crypto';
import type { Notice } from '@isthmus/contracts';
import { readDomainName } from '@isthmus/dns';
import type { OnlineDomain } from '@isthmus/microsoft365';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { findWatched } from './watchedDomains.ts';

export interface LinkPlan {
  readonly name: string;
  readonly shown: string;
  readonly registrable: string;
  readonly notices: readonly Notice[];
}

/** What linking the domain would mean. @throws DomainError `dns.domain-name-…`, `integration.not-integrated` */
export async function planLink(platform: Platform, text: string): Promise<LinkPlan> {
  const { name, shown, registrable, isRegistrable } = readDomainName(text);
  const { domains } = platform.connections.getMicrosoft365();
  const known = await domains.list({ lane: 'interactive' });
  const there = known.find((domain) => domain.name === name);
  const parent = known.find((domain) => domain.isVerified && name.endsWith(`.${domain.name}`));
  return { name, shown, registrable, notices: [...noticesAbout({ name, registrable, isRegistrable }, there, parent)] };
}

function* noticesAbout(
  { name, registrable, isRegistrable }: { name: string; registrable: string; isRegistrable: boolean },
  there: OnlineDomain | undefined,
  parent: OnlineDomain | undefined,
): Iterable<Notice> {
  if (there?.isVerified === true) {
    yield {
      code: 'domains.already-verified',
      message: `${name} is verified in this tenant already.`,
      remedy: 'Linking it here lets its records be watched.',
    };
    return;
  }
  if (there !== undefined) {
    yield {
      code: 'domains.already-added',
      message: `${name} was added to this tenant before, but never verified.`,
      remedy: 'Go on: the same proof is asked for.',
    };
  }
  if (parent !== undefined) {
    yield {
      code: 'domains.below-verified',
      message: `${name} lies below ${parent.name}, which is verified: no proof is needed.`,
    };
  } else if (!isRegistrable) {
    yield {
      code: 'domains.below-registrable',
      message: `${name} is a part of ${registrable}. It can be linked by itself, but has to be proved by itself too.`,
      remedy: `Link ${registrable} first: every name below it needs no proof then.`,
    };
  }
}

/** Adds the domain to the tenant and begins to watch it; done twice, nothing is added twice. */
export async function linkDomain(
  platform: Platform,
  { name, shown, registrable }: LinkPlan,
  by: { readonly actor: Actor; readonly requestId: string },
): Promise<void> {
  const known = await findWatched(platform.database, name);
  const online = await platform.connections.getMicrosoft365().domains.ensure(name, { lane: 'interactive' });
  if (known !== undefined) return;
  const now = platform.clock.now();
  await platform.database
    .insertInto('watched_domain')
    .values({
      id: randomUUID(),
      name,
      shown,
      registrable,
      is_root: online.isRoot,
      added_at: now,
      added_by: by.actor.userName,
      verified_at: online.isVerified && online.services.length > 0 ? now : null,
      // Of a domain that was there before, mail goes wherever it goes already.
      has_moved: online.services.includes('Email'),
      options: JSON.stringify({ webmail: false, dkim: false, dmarc: false }),
      next_check_at: now,
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  await platform.audit.record({
    actor: by.actor.userName,
    address: by.actor.address,
    action: 'domain.link',
    sentence: `Linked the domain ${name}`,
    subject: name,
    result: 'done',
    requestId: by.requestId,
  });
  platform.events.publish({ topic: 'integration' });
}
