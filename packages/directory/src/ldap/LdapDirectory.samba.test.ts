import { describeDirectoryContract } from '../contract-tests/index.ts';
import { startDirectory } from '../testing/startDirectory.ts';

describeDirectoryContract('LdapDirectory on Samba', startDirectory);
