import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, Text } from '@fluentui/react-components';
import type { Job } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';

const useStyles = makeStyles({ list: { margin: 0, paddingInlineStart: '18px' } });

/** Names everyone a job failed for, with the reason and the remedy. */
export function JobFailures({ job }: { readonly job: Job }) {
  const styles = useStyles();
  const { t } = useTranslation('jobs');
  const request = { params: { id: job.id }, query: { filter: 'failed', limit: 50 } };
  const items = useQuery(queryOf('listJobItems', request)).data?.items ?? [];
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t('outcome.failed', { title: job.title })}</MessageBarTitle>
        {job.problem !== null && (
          <Text block>
            {job.problem.message} {job.problem.remedy}
          </Text>
        )}
        <ul className={styles.list}>
          {items.map((item) => (
            <li key={item.id}>
              <Text weight="semibold">{item.name}: </Text>
              {item.problem?.message} {item.problem?.remedy}
            </li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}
