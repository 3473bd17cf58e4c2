/** What the browser gets next. */
export type Outcome =
  | { readonly kind: 'page'; readonly html: string; readonly status?: number }
  | { readonly kind: 'redirect'; readonly url: string };

/** Paths of the forms, by the tenant part of the path. */
export const formPaths = {
  deviceCode: (tenant: string): string => `/${tenant}/oauth2/deviceauth`,
  signIn: (tenant: string): string => `/${tenant}/login`,
  newPassword: (tenant: string): string => `/${tenant}/changepassword`,
  consent: (tenant: string): string => `/${tenant}/consent`,
};
