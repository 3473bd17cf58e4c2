import i18next, { type BackendModule, type CustomTypeOptions } from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Namespace = keyof CustomTypeOptions['resources'];
type Texts = { readonly default: Record<string, unknown> };
const files = import.meta.glob<Texts>('../locales/*/*.json');

/** Loads the texts of one feature when its first screen is shown. */
const localeFiles: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = files[`../locales/${language}/${namespace}.json`];
    if (load === undefined) {
      done(new Error(`No texts for ${namespace} in ${language}`), false);
      return;
    }
    load().then(
      (texts) => done(null, texts.default),
      (cause: unknown) => done(cause instanceof Error ? cause : new Error(String(cause)), false),
    );
  },
};

export async function startTranslation(): Promise<void> {
  await i18next
    .use(localeFiles)
    .use(initReactI18next)
    .init({
      lng: 'en',
      fallbackLng: 'en',
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

export async function loadTexts(namespaces: readonly Namespace[]): Promise<void> {
  await i18next.loadNamespaces(namespaces);
}
