#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

#include <stdint.h>

/// How many blocks of memory the process has asked for so far. Zero where the
/// platform's allocator cannot be watched.
uint64_t allocations_so_far(void);

/// How many bytes the process has allocated and not given back. Unlike the
/// resident memory it says nothing of what the C library keeps for later. 0 where
/// it cannot be counted.
int64_t bytes_held(void);

#endif
