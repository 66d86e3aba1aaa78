import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  Permission,
} from '@backstage/plugin-permission-common';
import * as permissions from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { OrchestratorRolesPolicy } from './OrchestratorRolesPolicy';

const { ALLOW, CONDITIONAL, DENY } = AuthorizeResult;

const decide = async (permission: Permission, ...groups: string[]) => {
  const userEntityRef = 'user:default/someone';
  return new OrchestratorRolesPolicy().handle(
    { permission },
    {
      credentials: mockCredentials.user(userEntityRef),
      info: {
        userEntityRef,
        ownershipEntityRefs: [
          userEntityRef,
          ...groups.map(group => `group:default/orchestrator-${group}`),
        ],
      },
    },
  );
};

describe('OrchestratorRolesPolicy', () => {
  it('denies everything to those who are not signed in', async () => {
    const policy = new OrchestratorRolesPolicy();
    for (const permission of [
      catalogEntityReadPermission,
      permissions.workflowReadPermission,
    ]) {
      await expect(policy.handle({ permission })).resolves.toEqual({
        result: DENY,
      });
    }
  });

  it('leaves the rest of the portal to everybody who is signed in', async () => {
    await expect(decide(catalogEntityReadPermission)).resolves.toEqual({
      result: ALLOW,
    });
  });

  it.each`
    permission                       | none    | viewers  | operators      | administrators
    ${'workflowReadPermission'}      | ${DENY} | ${ALLOW} | ${ALLOW}       | ${ALLOW}
    ${'workflowRunPermission'}       | ${DENY} | ${DENY}  | ${ALLOW}       | ${ALLOW}
    ${'instanceReadPermission'}      | ${DENY} | ${ALLOW} | ${ALLOW}       | ${ALLOW}
    ${'instanceDataReadPermission'}  | ${DENY} | ${DENY}  | ${ALLOW}       | ${ALLOW}
    ${'instanceAbortPermission'}     | ${DENY} | ${DENY}  | ${CONDITIONAL} | ${ALLOW}
    ${'instanceRetryPermission'}     | ${DENY} | ${DENY}  | ${CONDITIONAL} | ${ALLOW}
    ${'instanceEventSendPermission'} | ${DENY} | ${DENY}  | ${CONDITIONAL} | ${ALLOW}
    ${'eventSendPermission'}         | ${DENY} | ${DENY}  | ${DENY}        | ${ALLOW}
    ${'administerPermission'}        | ${DENY} | ${DENY}  | ${DENY}        | ${ALLOW}
  `(
    'decides on $permission by role',
    async ({ permission: name, none, ...expected }) => {
      const permission: Permission =
        permissions[name as 'workflowReadPermission'];
      expect((await decide(permission)).result).toBe(none);
      for (const group of ['viewers', 'operators', 'administrators']) {
        expect([group, (await decide(permission, group)).result]).toEqual([
          group,
          expected[group],
        ]);
      }
    },
  );

  it('lets an operator steer only what he ran himself', async () => {
    await expect(
      decide(permissions.instanceAbortPermission, 'operators'),
    ).resolves.toMatchObject({
      pluginId: 'orchestrator',
      resourceType: 'orchestrator-instance',
      conditions: {
        rule: 'IS_INITIATOR',
        params: { initiators: ['user:default/someone'] },
      },
    });
  });

  it('takes the strongest of several roles', async () => {
    await expect(
      decide(permissions.administerPermission, 'viewers', 'administrators'),
    ).resolves.toEqual({ result: ALLOW });
  });

  it('knows every permission of the orchestrator', async () => {
    for (const permission of permissions.orchestratorPermissions) {
      await expect(decide(permission)).resolves.toEqual({ result: DENY });
    }
  });
});
