export { DiskStorage } from './disk-storage.ts'
export type { ByteRange, Storage } from './storage.ts'
