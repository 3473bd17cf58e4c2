import { Combobox, Field, Option } from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { fitsTyped } from '../../shell/fitsTyped.ts';

const OFFERED = 50;

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
}

/** The one end that is known; the other is chosen here. */
export type AssignTarget =
  | { readonly account: { readonly id: string; readonly address: string } }
  | { readonly user: { readonly id: string; readonly displayName: string } };

/** The people or accounts that are still free, as they are typed. */
function useChoices(target: AssignTarget, typed: string): readonly Choice[] | undefined {
  const q = typed.trim() === '' ? {} : { q: typed.trim() };
  const forAccount = 'account' in target;
  const users = useQuery({
    ...queryOf('listUsers', { query: { ...q, filter: 'without-online-account', limit: OFFERED } }),
    enabled: forAccount,
    placeholderData: keepPreviousData,
  });
  const accounts = useQuery({
    ...queryOf('listOnlineAccounts', { query: { ...q, filter: 'not-linked', limit: OFFERED } }),
    enabled: !forAccount,
    placeholderData: keepPreviousData,
  });
  const { isPlaceholderData } = forAccount ? users : accounts;
  const found: readonly Choice[] | undefined = forAccount
    ? users.data?.items.map((user) => ({ id: user.id, label: user.displayName, detail: user.userName }))
    : accounts.data?.items.map(({ id, address, displayName }) => ({ id, label: address, detail: displayName }));
  return isPlaceholderData ? found?.filter(({ label, detail }) => fitsTyped(typed, [label, detail])) : found;
}

/** Finds the end that is not known yet: type, then choose. */
export function AssignPicker(props: {
  readonly target: AssignTarget;
  readonly onChoose: (choice: Choice | undefined) => void;
}) {
  const { target, onChoose } = props;
  const { t } = useTranslation('onlineAccounts');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Choice>();
  const choices = useChoices(target, chosen === undefined ? typed : '');
  const end = 'account' in target ? 'user' : 'account';
  return (
    <Field label={t(`assign.${end}`)} hint={t(`assign.${end}Hint`)} required>
      <Combobox
        placeholder={t('assign.choose')}
        value={chosen?.label ?? typed}
        selectedOptions={chosen === undefined ? [] : [chosen.id]}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(undefined);
          onChoose(undefined);
        }}
        onOptionSelect={(_event, { optionValue }) => {
          const choice = choices?.find(({ id }) => id === optionValue);
          setChosen(choice);
          onChoose(choice);
        }}
      >
        {choices?.map(({ id, label, detail }) => (
          <Option key={id} value={id} text={label}>
            <span>
              <bdi>{label}</bdi> · <bdi>{detail}</bdi>
            </span>
          </Option>
        ))}
        {choices?.length === 0 && (
          <Option disabled value="" text={t('assign.nothing')}>
            {t('assign.nothing')}
          </Option>
        )}
      </Combobox>
    </Field>
  );
}
