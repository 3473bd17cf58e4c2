import { type Html, html, page } from '../../http/html.ts';

function alert(message: string | undefined): Html {
  return message === undefined ? html`` : html`<p role="alert" id="error">${message}</p>`;
}

/** Where a device's code is typed. */
export function deviceCodePage(action: string, message?: string): string {
  return page(
    'Enter code',
    html`<h1>Enter code</h1>
<p>Enter the code displayed on your app or device.</p>${alert(message)}
<form method="post" action="${action}">
<label for="otc">Code</label>
<input id="otc" name="otc" required autofocus autocomplete="off" autocapitalize="characters">
<button type="submit">Next</button>
</form>`,
  );
}

export interface SignInPage {
  readonly action: string;
  readonly flow: string;
  readonly application: string;
  readonly userName: string;
  readonly message?: string | undefined;
}

export function signInPage(view: SignInPage): string {
  return page(
    'Sign in to your account',
    html`<h1>Sign in</h1>
<p>to continue to <strong>${view.application}</strong></p>${alert(view.message)}
<form method="post" action="${view.action}">
<input type="hidden" name="flow" value="${view.flow}">
<label for="login">Email or user name</label>
<input id="login" name="login" type="text" required autocomplete="username" value="${view.userName}">
<label for="passwd">Password</label>
<input id="passwd" name="passwd" type="password" required autocomplete="current-password">
<button type="submit">Sign in</button>
</form>`,
  );
}

export interface ConsentPage {
  readonly action: string;
  readonly flow: string;
  readonly application: string;
  readonly userName: string;
  readonly permissions: readonly string[];
  /** Administrators may consent for everybody. */
  readonly canConsentForEverybody: boolean;
  /** True when the request can only be granted for everybody. */
  readonly isForEverybody: boolean;
}

export function consentPage(view: ConsentPage): string {
  const everybody =
    view.canConsentForEverybody && !view.isForEverybody
      ? html`<label class="check"><input type="checkbox" name="everybody" value="on"> Consent on behalf of your organization</label>`
      : html``;
  return page(
    'Permissions requested',
    html`<h1>${view.isForEverybody ? 'Permissions requested. Review for your organization' : 'Permissions requested'}</h1>
<p><strong>${view.application}</strong></p><p>${view.userName}</p>
<p>This application would like to:</p>
<ul id="permissions">${view.permissions.map((name) => html`<li>${name}</li>`)}</ul>
<form method="post" action="${view.action}">
<input type="hidden" name="flow" value="${view.flow}">${everybody}
<button type="submit" name="decision" value="accept">Accept</button>
<button type="submit" name="decision" value="cancel">Cancel</button>
</form>`,
  );
}

export interface NewPasswordPage {
  readonly action: string;
  readonly flow: string;
  readonly userName: string;
  readonly message?: string | undefined;
}

export function newPasswordPage(view: NewPasswordPage): string {
  return page(
    'Update your password',
    html`<h1>Update your password</h1>
<p>${view.userName}</p>
<p>You need to update your password because this is the first time you are signing in, or because your password has
expired.</p>${alert(view.message)}
<form method="post" action="${view.action}">
<input type="hidden" name="flow" value="${view.flow}">
<label for="oldpwd">Current password</label>
<input id="oldpwd" name="oldpwd" type="password" required autocomplete="current-password">
<label for="newpwd">New password</label>
<input id="newpwd" name="newpwd" type="password" required autocomplete="new-password">
<label for="confirmpwd">Confirm password</label>
<input id="confirmpwd" name="confirmpwd" type="password" required autocomplete="new-password">
<button type="submit">Sign in</button>
</form>`,
  );
}

export function messagePage(title: string, message: string): string {
  return page(title, html`<h1>${title}</h1><p>${message}</p>`);
}

/** A page that sends its fields on by itself when it can, and by a button when it cannot. */
export function formPostPage(action: string, fields: Readonly<Record<string, string>>): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return page(
    'Working',
    html`<h1>Working</h1><form method="post" action="${action}">${inputs}<button type="submit">Continue</button></form>`,
  );
}
