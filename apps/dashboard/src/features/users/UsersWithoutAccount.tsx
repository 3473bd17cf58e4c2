import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { useMay } from '../../shell/session.ts';
import { useUsersSearch } from './useUsersSearch.ts';

const useStyles = makeStyles({ bar: { flexShrink: 0 } });

/** Offers the bulk wizard while people lack an online account and a tenant is there to give them one. */
export function UsersWithoutAccount({ count }: { readonly count: number }) {
  const { t, i18n } = useTranslation('users');
  const styles = useStyles();
  const navigate = useNavigate();
  const { view } = useUsersSearch();
  const may = useMay('online-accounts.write');
  const state = useQuery(queryOf('getIntegration', {})).data?.state;
  if (count === 0 || state !== 'integrated' || !may) return null;
  return (
    <MessageBar intent="info" layout="auto" className={styles.bar}>
      <MessageBarBody>
        <MessageBarTitle>
          {t('withoutAccount.title', { count, number: new Intl.NumberFormat(i18n.language).format(count) })}
        </MessageBarTitle>
        {t('withoutAccount.text')}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={() => void navigate({ to: '/users/add-online-accounts', search: view })}>
          {t('withoutAccount.review')}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
