import { Button, makeStyles, mergeClasses, Text, Tooltip, tokens } from '@fluentui/react-components';
import { Navigation20Regular, QuestionCircle20Regular, Search20Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Brand } from '../ui/Brand.tsx';
import { useIsNarrow, useIsPhone } from '../ui/useMediaQuery.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { AlertsButton, JobsButton } from './HeaderIndicators.tsx';
import { sessionQuery } from './session.ts';
import { openShellDialog } from './shellDialogStore.ts';
import { ThemeMenu } from './ThemeMenu.tsx';

const useStyles = makeStyles({
  header: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    paddingInlineStart: '20px',
    paddingInlineEnd: '12px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  headerNarrow: { paddingInlineStart: '8px', paddingInlineEnd: '8px' },
  organization: {
    color: tokens.colorNeutralForeground2,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    borderInlineStartWidth: '1px',
    borderInlineStartStyle: 'solid',
    borderInlineStartColor: tokens.colorNeutralStroke2,
    paddingInlineStart: '12px',
    marginInlineStart: '4px',
  },
  middle: { flexGrow: 1, display: 'flex', justifyContent: 'center', minWidth: 0 },
  search: { width: '100%', maxWidth: '420px', justifyContent: 'start', fontWeight: tokens.fontWeightRegular },
  keys: { marginInlineStart: 'auto', color: tokens.colorNeutralForeground3 },
  right: { display: 'flex', alignItems: 'center', gap: '2px' },
});

interface HeaderProps {
  readonly onOpenNavigation: (() => void) | undefined;
}

export function Header({ onOpenNavigation }: HeaderProps) {
  const styles = useStyles();
  const { t } = useTranslation('shell');
  const narrow = useIsNarrow();
  const phone = useIsPhone();
  const organization = useQuery(sessionQuery).data?.organization;
  return (
    <header className={mergeClasses(styles.header, narrow && styles.headerNarrow)}>
      {onOpenNavigation !== undefined && (
        <Tooltip content={t('navigation.open')} relationship="label">
          <Button appearance="subtle" icon={<Navigation20Regular />} onClick={onOpenNavigation} />
        </Tooltip>
      )}
      {!phone && <Brand />}
      {!narrow && organization !== undefined && organization !== '' && (
        <Text className={styles.organization}>{organization}</Text>
      )}
      <div className={styles.middle}>
        {!narrow && (
          <Button
            className={styles.search}
            icon={<Search20Regular />}
            aria-keyshortcuts="Control+K"
            onClick={() => openShellDialog('palette')}
          >
            {t('palette.open')}
            <Text size={200} className={styles.keys} aria-hidden>
              Ctrl+K
            </Text>
          </Button>
        )}
      </div>
      <div className={styles.right}>
        {narrow && (
          <Tooltip content={t('palette.open')} relationship="label">
            <Button appearance="subtle" icon={<Search20Regular />} onClick={() => openShellDialog('palette')} />
          </Tooltip>
        )}
        <JobsButton />
        <AlertsButton />
        {!phone && <ThemeMenu />}
        <Tooltip content={t('help.open')} relationship="label">
          <Button appearance="subtle" icon={<QuestionCircle20Regular />} onClick={() => openShellDialog('shortcuts')} />
        </Tooltip>
        <AccountMenu />
      </div>
    </header>
  );
}
