import { roles } from '../authorization/roleCatalog.ts';
import type { GraphOperation } from '../GraphCall.ts';
import { createDomain } from './createDomain.ts';
import { deleteDomain } from './deleteDomain.ts';
import { listDomainReferences } from './domainReferences.ts';
import { forceDeleteDomain } from './forceDeleteDomain.ts';
import { promoteDomain } from './promoteDomain.ts';
import { getDomain, getRootDomain, listDomains, listFederationConfiguration } from './readDomains.ts';
import { listServiceRecords } from './serviceRecords.ts';
import { updateDomain } from './updateDomain.ts';
import { listVerificationRecords } from './verificationRecords.ts';
import { verifyDomain } from './verifyDomain.ts';

const write = { roles: [roles.globalAdministrator, roles.domainNameAdministrator] };

export const domainOperations: readonly GraphOperation[] = [
  { method: 'GET', path: '/domains', handle: listDomains },
  { method: 'POST', path: '/domains', ...write, handle: createDomain },
  { method: 'GET', path: '/domains/{id}', handle: getDomain },
  { method: 'PATCH', path: '/domains/{id}', ...write, handle: updateDomain },
  { method: 'DELETE', path: '/domains/{id}', ...write, handle: deleteDomain },
  { method: 'POST', path: '/domains/{id}/verify', ...write, handle: verifyDomain },
  { method: 'POST', path: '/domains/{id}/promote', ...write, handle: promoteDomain },
  { method: 'POST', path: '/domains/{id}/forceDelete', ...write, handle: forceDeleteDomain },
  { method: 'GET', path: '/domains/{id}/verificationDnsRecords', handle: listVerificationRecords },
  { method: 'GET', path: '/domains/{id}/serviceConfigurationRecords', handle: listServiceRecords },
  { method: 'GET', path: '/domains/{id}/domainNameReferences', cost: 4, handle: listDomainReferences },
  { method: 'GET', path: '/domains/{id}/rootDomain', handle: getRootDomain },
  { method: 'GET', path: '/domains/{id}/federationConfiguration', handle: listFederationConfiguration },
];
