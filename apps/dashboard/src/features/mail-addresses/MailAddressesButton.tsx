import { Button } from '@fluentui/react-components';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadTexts } from '../../shell/i18n.ts';

const MailAddressesDialog = lazy(async () => {
  const [module] = await Promise.all([
    import('./MailAddressesDialog.tsx'),
    loadTexts(['mailAddresses', 'plans', 'jobs']),
  ]);
  return { default: module.MailAddressesDialog };
});

interface MailAddressesButtonProps {
  readonly account: { readonly id: string };
  /** Of the person, or of an account that no user has. */
  readonly name: string;
}

/** Opens the e-mail addresses of one online account. */
export function MailAddressesButton({ account, name }: MailAddressesButtonProps) {
  const { t } = useTranslation('users');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('online.changeAddresses')}</Button>
      <Suspense>
        {isOpen && <MailAddressesDialog account={account} name={name} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}
