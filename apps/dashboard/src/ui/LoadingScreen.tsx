import { makeStyles } from '@fluentui/react-components';
import { Waiting } from './Waiting.tsx';

const useStyles = makeStyles({ screen: { padding: '48px', display: 'flex', justifyContent: 'center' } });

export function LoadingScreen() {
  const styles = useStyles();
  return (
    <div className={styles.screen}>
      <Waiting delay={300} />
    </div>
  );
}
