// How gisad's memory is managed: what jemalloc reads at its start (docs/adr/0020). MALLOC_CONF in the environment
// overrides it.

// Of a large article a dozen buffers are made, in whichever threads handle it, and many more of small ones at a time:
// what is freed goes back to the system within a second or two, without anyone waiting for that, and the threads share
// a few arenas.
extern "C" {
extern const char* const malloc_conf;  // jemalloc's name for it
const char* const malloc_conf = "narenas:4,dirty_decay_ms:1000,background_thread:true";
}
