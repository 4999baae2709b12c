export interface ServerSettings {
  readonly port: number
  readonly clusterName: string
  /** False switches off everything that protects the data from a power cut. For tests only. */
  readonly durable: boolean
}

/** What the server is started with, as arguments: nothing has to be written into its data folder. */
export function serverArguments({ port, clusterName, durable }: ServerSettings): string {
  const settings: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Shows in the process titles, by which processes of a killed server are found again.
    cluster_name: clusterName,
    max_connections: 200,
    shared_buffers: '128MB',
    max_wal_size: '512MB',
    wal_compression: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    jit: 'off',
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}
