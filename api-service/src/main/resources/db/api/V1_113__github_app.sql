-- A connection may be an installation of a GitHub App: its token is then the App's private key, for which GitHub gives tokens of an hour.
alter table oauth_client add column app_id text;
alter table oauth_client add column app_installation_id text;
