import path from 'node:path';
import type { Core } from '@strapi/strapi';

const plugins = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Plugin => ({
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET') } },
  'customer-governance': {
    enabled: true,
    resolve: './src/plugins/customer-governance',
    config: {
      // The company's policy: a preset, and over it whatever this project decides otherwise.
      policy: {
        preset: env('GOVERNANCE_PRESET', 'process'),
        filing: {
          number: {
            parts: [
              { kind: 'text', text: 'KH' },
              { kind: 'sequence', digits: 5, restart: 'never' },
            ],
            separator: '-',
          },
        },
        classification: {
          'api::lead.lead': {
            topic: 'business-background/internal',
            source: 'business-background/internal',
          },
        },
      },
      // Where the keys live. Never in the database that they protect.
      keys: {
        root: env('GOVERNANCE_ROOT_KEY'),
        filename: env('GOVERNANCE_KEYS_FILENAME', '.data/keys.db'),
        url: env('GOVERNANCE_KEYS_URL'),
        schema: env('GOVERNANCE_KEYS_SCHEMA', 'customer_governance_keys'),
        // What an old copy of the key store does not open without, and no backup may hold; see docs/operating.md.
        epochs: {
          filename: env('GOVERNANCE_EPOCHS_FILENAME'),
          url: env('GOVERNANCE_EPOCHS_URL'),
          schema: env('GOVERNANCE_EPOCHS_SCHEMA', 'customer_governance_epochs'),
          copy: env('GOVERNANCE_EPOCHS_COPY'),
        },
      },
      // Where else the application's users leave files, such as exports: searched after each destruction.
      destruction: {
        searchDirectories: env('GOVERNANCE_SEARCH_DIRECTORIES', '')
          .split(path.delimiter)
          .filter((directory) => directory !== ''),
      },
      // Where backups go, and for whom they are encrypted; nothing is backed up without. See docs/operating.md.
      backup: {
        directory: env('GOVERNANCE_BACKUP_DIRECTORY'),
        secondDirectory: env('GOVERNANCE_BACKUP_SECOND_DIRECTORY'),
        keysDirectory: env('GOVERNANCE_BACKUP_KEYS_DIRECTORY'),
        recipient: env('GOVERNANCE_BACKUP_RECIPIENT'),
        keysRecipient: env('GOVERNANCE_BACKUP_KEYS_RECIPIENT'),
        identity: env('GOVERNANCE_BACKUP_IDENTITY_FILE'),
        keysIdentity: env('GOVERNANCE_BACKUP_KEYS_IDENTITY_FILE'),
        tools: env('GOVERNANCE_BACKUP_TOOLS'),
        work: env('GOVERNANCE_BACKUP_WORK_DIRECTORY'),
      },
      // Where the sealed files of attachments lie: never in the public folder.
      files: {
        directory: env('GOVERNANCE_FILES_DIRECTORY', '.data/files'),
        // A provider of Strapi's upload plugin instead, such as @strapi/provider-upload-aws-s3; see docs/operating.md.
        provider: env('GOVERNANCE_FILES_PROVIDER'),
        providerOptions: env.json('GOVERNANCE_FILES_PROVIDER_OPTIONS', {}),
        // Where clamd listens: tcp://host:port or unix:/path.
        scanner: env('GOVERNANCE_SCANNER'),
      },
      // What outsiders know the audit log by.
      log: {
        origin: env('GOVERNANCE_LOG_ORIGIN'),
        // Who keeps its checkpoints besides, so that a rewritten history is seen; see docs/operating.md.
        witness: {
          directory: env('GOVERNANCE_WITNESS_DIRECTORY'),
          url: env('GOVERNANCE_WITNESS_URL'),
          token: env('GOVERNANCE_WITNESS_TOKEN'),
        },
      },
    },
  },
});

export default plugins;
