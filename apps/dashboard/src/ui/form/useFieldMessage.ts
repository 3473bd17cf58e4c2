import { useTranslation } from 'react-i18next';

interface FormError {
  readonly type?: unknown;
  readonly message?: unknown;
}

const kinds = ['too_small', 'too_big', 'invalid_format'] as const;

/** What a field shows for an error: the server's own words, or ours for the kind of mistake. */
export function useFieldMessage(): (
  error: FormError | undefined,
  hint?: string,
) => { readonly validationState?: 'error'; readonly validationMessage?: string } {
  const { t } = useTranslation('common');
  return (error, hint) => {
    if (error === undefined) return {};
    if (error.type === 'server') return { validationState: 'error', validationMessage: String(error.message) };
    const kind = kinds.find((known) => known === error.type);
    const message = kind === 'invalid_format' && hint !== undefined ? hint : t(`invalid.${kind ?? 'other'}`);
    return { validationState: 'error', validationMessage: message };
  };
}
