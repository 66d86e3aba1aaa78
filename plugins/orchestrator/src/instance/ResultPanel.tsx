import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Facts, Panel } from '../layout';
import { JsonTree } from '../json/JsonTree';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';
import { readResult, ResultOutput } from './result';

/** What the workflow says of itself at its end, if it follows the convention. */
export function ResultPanel({ data }: { data: unknown }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  const result = readResult(data);
  if (!result) return null;
  return (
    <Panel title={t('result.title')}>
      {result.message && (
        <Typography
          variant="body1"
          sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', mb: 1 }}
        >
          {result.message}
        </Typography>
      )}
      <Facts
        facts={result.outputs.map(output => ({
          label: output.key,
          value: <Output output={output} />,
        }))}
      />
      {result.nextWorkflows.length > 0 && (
        <Stack
          direction="row"
          flexWrap="wrap"
          gap={1}
          sx={{ mt: 1, fontSize: 14 }}
        >
          <span>{t('result.next')}:</span>
          {result.nextWorkflows.map(({ id, name }) => (
            <Link key={id} to={links.workflow(id, 'run')}>
              {name}
            </Link>
          ))}
        </Stack>
      )}
    </Panel>
  );
}

function Output({ output: { value, href } }: { output: ResultOutput }) {
  if (href) return <Link to={href}>{String(value)}</Link>;
  if (typeof value === 'object' && value !== null) {
    return <JsonTree value={value} />;
  }
  return (
    <Box component="span" sx={{ whiteSpace: 'pre-wrap' }}>
      {String(value)}
    </Box>
  );
}
