import { z } from 'zod';

/** A name that can be part of a host name. */
export const nameSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, {
  message: 'must be 1 to 63 lower-case letters, digits and dashes',
});

export const newTicketSchema = z.object({
  title: z.string().max(200),
  description: z.string().optional(),
  priority: z.enum(['low', 'normal', 'high']).default('normal'),
});

export const newServiceSchema = z.object({
  name: nameSchema,
  team: z.string(),
  tier: z.enum(['experimental', 'standard', 'critical']).default('standard'),
});

export const newEnvironmentSchema = z.object({
  name: nameSchema,
  size: z.enum(['small', 'medium', 'large']).default('small'),
  region: z.string().default('eu-central'),
});

export const newDatabaseSchema = z.object({
  environment: nameSchema,
  engine: z.enum(['postgresql', 'mysql']).default('postgresql'),
});

export const newNotificationSchema = z.object({
  team: z.string(),
  channel: z.enum(['chat', 'mail']).default('chat'),
  message: z.string().max(2000),
});

export const newPageSchema = z.object({
  service: z.string(),
  summary: z.string(),
});
