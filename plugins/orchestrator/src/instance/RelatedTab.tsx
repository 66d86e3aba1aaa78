import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { shortId } from '../instances/shortId';
import { Panel } from '../layout';
import { StateChip } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';

/** The instances that this one has to do with. */
export function RelatedTab({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  const { parentId, rootId, children, entityRef } = instance;
  return (
    <Stack gap={2}>
      <Panel title={t('related.parent')}>
        {parentId ? (
          <Stack gap={0.5}>
            <Link to={links.instance(parentId)}>{shortId(parentId)}</Link>
            {rootId && rootId !== parentId && (
              <span>
                {t('related.root')}:{' '}
                <Link to={links.instance(rootId)}>{shortId(rootId)}</Link>
              </span>
            )}
          </Stack>
        ) : (
          <Quiet>{t('related.noParent')}</Quiet>
        )}
      </Panel>
      <Panel title={t('related.children')}>
        {children.length === 0 && <Quiet>{t('related.noChildren')}</Quiet>}
        <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {children.map(child => (
            <Box
              component="li"
              key={child.id}
              sx={{ display: 'flex', alignItems: 'center', gap: 1.5, py: 0.5 }}
            >
              <StateChip state={child.state} />
              <Link to={links.instance(child.id)}>
                {child.workflowName ?? child.workflowId} {shortId(child.id)}
              </Link>
            </Box>
          ))}
        </Box>
      </Panel>
      <Panel title={t('related.elsewhere')}>
        <Stack gap={0.5}>
          <Link to={links.workflow(instance.workflowId, 'instances')}>
            {t('related.sameWorkflow')}
          </Link>
          {entityRef && (
            <Link to={links.instances({ entity: entityRef })}>
              {t('related.sameEntity')}
            </Link>
          )}
        </Stack>
      </Panel>
    </Stack>
  );
}

function Quiet({ children }: { children: string }) {
  return (
    <Typography variant="body2" color="text.secondary">
      {children}
    </Typography>
  );
}
