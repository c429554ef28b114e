using System.Runtime.Versioning;

// Its folder is kept from others by Unix modes and a Unix lock.
[assembly: UnsupportedOSPlatform("windows")]
