import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ServiceStatus } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { RelativeTime } from '../format';
import { AvailabilityMark, EmptyMessage, Panel } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';

/** What is out of reach comes first. */
const order = ['unavailable', 'unknown', 'available'];

/** Each address where workflows run, and whether it can be reached. */
export function ServiceTable({ services }: { services: ServiceStatus[] }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const sorted = [...services].sort(
    (a, b) =>
      order.indexOf(a.availability.state) - order.indexOf(b.availability.state),
  );
  return (
    <Panel title={t('status.services.title')} flush>
      {sorted.length === 0 ? (
        <EmptyMessage title={t('status.services.none')} />
      ) : (
        <TableContainer>
          <Table size="small" aria-label={t('status.services.title')}>
            <TableHead>
              <TableRow>
                <TableCell>{t('status.services.availability')}</TableCell>
                <TableCell>{t('status.services.address')}</TableCell>
                <TableCell>{t('status.services.workflows')}</TableCell>
                <TableCell>{t('status.services.reason')}</TableCell>
                <TableCell>{t('status.services.checked')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {sorted.map(service => (
                <ServiceRow
                  key={service.address ?? 'engine'}
                  service={service}
                />
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </Panel>
  );
}

function ServiceRow({ service }: { service: ServiceStatus }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  const { address, workflows, availability, seenAt } = service;
  const { state, reason, checkedAt } = availability;
  return (
    <TableRow hover>
      <TableCell>
        {/* The reason has a column of its own. */}
        <AvailabilityMark availability={{ state }} />
      </TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere' }}>
        {address ? <code>{address}</code> : t('status.services.ofEngine')}
      </TableCell>
      <TableCell>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5 }}>
          {workflows.map(({ id, version }) => (
            <span key={`${id} ${version}`}>
              <Link to={links.workflow(id)}>{id}</Link> {version}
            </span>
          ))}
        </Box>
      </TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere', maxWidth: 360 }}>
        {reason}
      </TableCell>
      <TableCell>
        <RelativeTime iso={checkedAt ?? seenAt} />
      </TableCell>
    </TableRow>
  );
}
