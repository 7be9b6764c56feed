#!/bin/sh
# ccache. A precompiled header is removed before it is made anew: GCC would read it in place of the headers that it was made
# of, and ccache find again what it made of those as they were.
header=
last=
for argument; do
  if [ "$argument" = c++-header ]; then header=1; fi
  if [ "$last" = -o ]; then output=$argument; fi
  last=$argument
done
if [ "$header" ]; then rm -f "$output"; fi
exec ccache "$@"
