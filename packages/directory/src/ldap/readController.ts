import { guidFromBytes } from '@isthmus/kernel';
import type { Client } from 'ldapts';
import type { FeedRestart } from '../Directory.ts';
import type { FeedPosition } from './feedPosition.ts';
import { searchWith } from './LdapSession.ts';

const ROOT_ATTRIBUTES = ['dsServiceName', 'highestCommittedUSN', 'dnsHostName'];

/** Who a domain controller is, and where it stands. */
export interface ControllerState extends Pick<FeedPosition, 'dc' | 'invocation' | 'usn'> {
  readonly hostName: string;
}

export async function readController(client: Client): Promise<ControllerState> {
  const [rootDse] = await searchWith(client, { base: '', scope: 'base', attributes: ROOT_ATTRIBUTES });
  const dc = rootDse?.text('dsServiceName') ?? '';
  const settings = await searchWith(client, { base: dc, scope: 'base', attributes: ['invocationId'] });
  const invocation = settings[0]?.bytes('invocationId');
  return {
    dc,
    invocation: invocation?.length === 16 ? guidFromBytes(invocation) : '',
    usn: rootDse?.text('highestCommittedUSN') ?? '0',
    hostName: rootDse?.text('dnsHostName')?.toLowerCase() ?? '',
  };
}

/**
 * Why a position is worth nothing here. A proper restore gives the database a new invocation id (MS-DRSR 4.1.1.2), a copied
 * disk keeps it and shows a lower position.
 */
export function restartOf(start: FeedPosition, here: ControllerState): FeedRestart | undefined {
  if (start.dc !== here.dc) return 'other-controller';
  const isOther = start.invocation !== '' && here.invocation !== '' && start.invocation !== here.invocation;
  return isOther || BigInt(here.usn) < BigInt(start.usn) ? 'restored' : undefined;
}
