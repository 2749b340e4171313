import type { Core } from '@strapi/strapi';

const server = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Server => ({
  host: env('HOST', '127.0.0.1'),
  port: env.int('PORT', 1337),
  app: { keys: env.array('APP_KEYS', []) },
  mcp: { enabled: env.bool('MCP_ENABLED', false) },
  logger: { updates: { enabled: false }, startup: { enabled: false } },
});

export default server;
