// How gisad's memory is managed: what jemalloc reads at its start (docs/adr/0020). MALLOC_CONF in the environment
// overrides it.

// Of a large article a dozen buffers are made, in whichever threads handle it: those of 1 MiB and more go back to the
// system when they are freed, the others within a quarter of a second, without anyone waiting for that, and the threads
// share a few arenas.
extern "C" {
extern const char* const malloc_conf;  // jemalloc's name for it
const char* const malloc_conf = "narenas:4,oversize_threshold:1048576,dirty_decay_ms:250,background_thread:true";
}
