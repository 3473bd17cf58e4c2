import type addUser from './locales/en/addUser.json';
import type administrator from './locales/en/administrator.json';
import type alerts from './locales/en/alerts.json';
import type audit from './locales/en/audit.json';
import type common from './locales/en/common.json';
import type disableIntegration from './locales/en/disableIntegration.json';
import type domains from './locales/en/domains.json';
import type groups from './locales/en/groups.json';
import type home from './locales/en/home.json';
import type imports from './locales/en/imports.json';
import type integration from './locales/en/integration.json';
import type jobs from './locales/en/jobs.json';
import type licenses from './locales/en/licenses.json';
import type mailAddresses from './locales/en/mailAddresses.json';
import type matches from './locales/en/matches.json';
import type offboarding from './locales/en/offboarding.json';
import type onlineAccounts from './locales/en/onlineAccounts.json';
import type passwordPolicy from './locales/en/passwordPolicy.json';
import type plans from './locales/en/plans.json';
import type session from './locales/en/session.json';
import type settings from './locales/en/settings.json';
import type setup from './locales/en/setup.json';
import type shell from './locales/en/shell.json';
import type signInNames from './locales/en/signInNames.json';
import type sync from './locales/en/sync.json';
import type syncPage from './locales/en/syncPage.json';
import type userDialogs from './locales/en/userDialogs.json';
import type userPanel from './locales/en/userPanel.json';
import type users from './locales/en/users.json';
import type userTemplates from './locales/en/userTemplates.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      addUser: typeof addUser;
      administrator: typeof administrator;
      alerts: typeof alerts;
      audit: typeof audit;
      common: typeof common;
      disableIntegration: typeof disableIntegration;
      domains: typeof domains;
      groups: typeof groups;
      home: typeof home;
      imports: typeof imports;
      integration: typeof integration;
      jobs: typeof jobs;
      licenses: typeof licenses;
      mailAddresses: typeof mailAddresses;
      matches: typeof matches;
      offboarding: typeof offboarding;
      onlineAccounts: typeof onlineAccounts;
      passwordPolicy: typeof passwordPolicy;
      plans: typeof plans;
      session: typeof session;
      settings: typeof settings;
      setup: typeof setup;
      shell: typeof shell;
      signInNames: typeof signInNames;
      sync: typeof sync;
      syncPage: typeof syncPage;
      userDialogs: typeof userDialogs;
      userPanel: typeof userPanel;
      userTemplates: typeof userTemplates;
      users: typeof users;
    };
  }
}
