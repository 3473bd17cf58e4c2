import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Home } from '@isthmus/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../shell/session.ts';
import { Section } from '../../ui/Section.tsx';
import { StateLabel, type Tone } from '../../ui/StateLabel.tsx';

type SetupTask = Home['tasks'][number];

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  task: {
    display: 'grid',
    gridTemplateColumns: '130px minmax(0, 1fr) auto',
    gap: '4px 16px',
    alignItems: 'center',
    padding: '12px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTopStyle: 'none' },
    '@media (max-width: 599px)': { gridTemplateColumns: 'minmax(0, 1fr)', justifyItems: 'start' },
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  hint: { color: tokens.colorNeutralForeground3 },
});

const tones: Readonly<Record<SetupTask['state'], Tone>> = {
  'not-started': 'neutral',
  'in-progress': 'waiting',
  done: 'success',
  'not-needed': 'success',
};

const isFinished = (task: SetupTask): boolean => task.state === 'done' || task.state === 'not-needed';

export const isSetUp = (tasks: readonly SetupTask[]): boolean => tasks.every(isFinished);

/** Where a task is done; the others are done outside the dashboard. */
const destinations = {
  integrate: '/setup/microsoft365',
  'add-online-accounts': '/users/add-online-accounts',
} as const;

export function SetupTasks({ tasks }: { readonly tasks: readonly SetupTask[] }) {
  const styles = useStyles();
  const { t } = useTranslation('home');
  const navigate = useNavigate();
  const { permissions } = useSession();
  const finished = tasks.filter(isFinished).length;
  const progress = <Text className={styles.hint}>{t('setup.progress', { done: finished, total: tasks.length })}</Text>;
  if (isSetUp(tasks)) {
    return (
      <Section title={t('setup.title')} action={progress}>
        <StateLabel tone="success">{t('setup.complete')}</StateLabel>
      </Section>
    );
  }
  const next = tasks.find((task) => !isFinished(task) && task.id in destinations);
  const destinationOf = (task: SetupTask) => {
    if (isFinished(task)) return undefined;
    if (task.id === 'integrate' && permissions.includes('integration.write')) return destinations.integrate;
    if (task.id === 'add-online-accounts' && permissions.includes('online-accounts.write')) {
      return destinations['add-online-accounts'];
    }
    return undefined;
  };
  return (
    <Section title={t('setup.title')} action={progress}>
      <ol className={styles.list}>
        {tasks.map((task) => {
          const to = destinationOf(task);
          return (
            <li key={task.id} className={styles.task}>
              <StateLabel tone={tones[task.state]}>{t(`setup.state.${task.state}`)}</StateLabel>
              <div className={styles.words}>
                <Text weight="semibold">{t(`setup.task.${task.id}.title`)}</Text>
                <Text size={200} className={styles.hint}>
                  {task.count === null
                    ? t(`setup.task.${task.id}.sentence`)
                    : t('setup.withCount', { sentence: t(`setup.task.${task.id}.sentence`), count: task.count })}
                </Text>
              </div>
              {to !== undefined && (
                <Button appearance={task === next ? 'primary' : 'secondary'} onClick={() => void navigate({ to })}>
                  {t(task.id === 'integrate' ? 'setup.task.integrate.action' : 'setup.task.add-online-accounts.action')}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
