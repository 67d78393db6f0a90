#include "Allocations.h"

#if defined(__linux__) && defined(__GLIBC__)
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>

// The C library's own functions under their other names; the ones below take
// their place for the whole process.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

extern void __libc_free(void *block);

static _Atomic uint64_t count;
static _Atomic int64_t held;

static void *note(void *block) {
    atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&held, (int64_t)malloc_usable_size(block), memory_order_relaxed);
    return block;
}

static void forget(void *block) {
    atomic_fetch_sub_explicit(&held, (int64_t)malloc_usable_size(block), memory_order_relaxed);
}

void *malloc(size_t size) {
    return note(__libc_malloc(size));
}

void *calloc(size_t members, size_t size) {
    return note(__libc_calloc(members, size));
}

void *realloc(void *block, size_t size) {
    size_t before = malloc_usable_size(block);
    void *result = __libc_realloc(block, size);
    // A block that could not be moved is still there.
    if (result == NULL && size > 0) return NULL;
    atomic_fetch_sub_explicit(&held, (int64_t)before, memory_order_relaxed);
    return note(result);
}

void *memalign(size_t alignment, size_t size) {
    return note(__libc_memalign(alignment, size));
}

void *aligned_alloc(size_t alignment, size_t size) {
    return note(__libc_memalign(alignment, size));
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    *block = note(__libc_memalign(alignment, size));
    return *block == NULL ? 12 : 0;
}

void free(void *block) {
    forget(block);
    __libc_free(block);
}

uint64_t allocations_so_far(void) {
    return atomic_load_explicit(&count, memory_order_relaxed);
}

int64_t bytes_held(void) {
    return atomic_load_explicit(&held, memory_order_relaxed);
}
#else
uint64_t allocations_so_far(void) {
    return 0;
}

int64_t bytes_held(void) {
    return 0;
}
#endif
