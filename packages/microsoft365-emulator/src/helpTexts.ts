/** What stands above and below the list of commands in `--help`: enough to get going without reading anything else. */
export const introduction = `A Microsoft 365 tenant on loopback: sign-in, Microsoft Graph, Exchange Online and SharePoint over HTTPS, with state.
It is a test double. Give it no password that is used anywhere else.`;

export const afterHelp = `
Examples:
  $ microsoft365-emulator                              a tenant in memory, on any free port
  $ microsoft365-emulator --state ./tenant --port 8443 one that is kept in a folder
  $ microsoft365-emulator --seed seed.yaml             one with your users, domains and applications

It stays in the foreground. When it is ready it prints one line of JSON on standard output: where it listens (url), the
certificate authority to trust (caFile), the tenant (tenantId, initialDomain), the administrator with the file that
holds the password, the file that holds the control key, and the page to look inside (inspector). On a terminal the same
is told in words. Ctrl+C ends it.

Clients trust it by   NODE_EXTRA_CA_CERTS=<caFile>   or   REQUESTS_CA_BUNDLE=<caFile>.
  authority of MSAL   <url>/<tenantId>, with the host and port in knownAuthorities
  Microsoft Graph     <url>/v1.0
  a browser           <url>/_emulator asks for the control key once and shows objects and requests
  the switches        <url>/_emulator/settings and others, with the header x-emulator-key

State is kept in the folder given by --state, readable by its owner only: ca.pem, snapshot.ndjson, journal.ndjson,
administrator-password, control-key. Every answered change is on disk; kill -9 loses nothing. Without --state everything
is gone when the process ends. MICROSOFT365_EMULATOR_SETTINGS names a JSON file {"settings": {}, "faults": []} that
stands above all other settings.

A seed:
  displayName: Contoso
  domains: [{ name: contoso.com, isDefault: true }]
  administrator: { userName: admin, password: "Sunny-Meadow-42" }
  users: [{ userPrincipalName: ada, displayName: Ada Lovelace, licenses: [SPB] }]
  people: { count: 1000, licenses: [FLOW_FREE] }
  applications: [{ displayName: Tool, secret: "a secret", permissions: [User.Read.All] }]

More: README.md and docs/ of the package.`;
