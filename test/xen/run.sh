# In dom0: every test of shim.test.ts, one after the other. What is checked is left in results/.

await() { # NAME: until the domain is gone
  tries=0
  while xl domid $1 > /dev/null 2>&1 && [ $((tries = tries + 1)) -lt 300 ]; do sleep 0.1; done
  ! xl domid $1 > /dev/null 2>&1 || { xl destroy $1; false; }
}
keep() { # NAME: its console, and what xl says of its end
  cp /var/log/xen/console/guest-$1.log results/$1.console
  cp /var/log/xen/xl-$1.log results/$1.xl
}
finish() { # NAME: as it ends by itself
  await $1
  keep $1
}
said() { # NAME TEXT: until it stands on the domain's console
  tries=0
  until grep -q "$2" /var/log/xen/console/guest-$1.log || [ $((tries = tries + 1)) -ge 300 ]; do sleep 0.1; done
}
type_to() { # NAME: on its console, what is in NAME.in; `xl console` itself takes no pipe
  xl create -q -p $1.xl
  # what xenconsoled has not read when the terminal closes is lost
  (cat $1.in; sleep 30) | xenconsole --interactive $(xl domid $1) > /dev/null 2>&1 &
  xl unpause $1
  finish $1
}
for name in $(cat to-the-end); do
  xl create -q $name.xl 2> results/$name.create
  finish $name
done

# is told of its end, and takes no notice: 10 s pass beside the following
xl create -q stubborn.xl
said stubborn start
xl shutdown stubborn

printf 'one\ntwo\n\004' > console-echo.in
printf 'cr\rcr lf\r\nlf\n\r\n\004' > line-ends.in
for name in console-echo line-ends scripts; do type_to $name; done

# create -c, as a user types it
xl create -c out_to_lunch.xl > results/create-c 2>&1

# as run -e xen does it in dom0: input by a pipe, after the first output
(said piped start; printf 'one\ntwo\n\004'; await piped) |
  SHELL=/bin/sh CONFIG=piped.xl LOG=results/piped.log sh at-terminal > results/piped

# pause and unpause, while it counts
xl create -q -p counter.xl; xl list counter > results/paused-before
xl unpause counter; sleep 1
xl pause counter; sleep 0.5
wc -l < /var/log/xen/console/guest-counter.log > results/count-paused; sleep 2
wc -l < /var/log/xen/console/guest-counter.log >> results/count-paused
xl unpause counter; sleep 1
wc -l < /var/log/xen/console/guest-counter.log >> results/count-paused
xl shutdown counter
finish counter

# idle: blocked, and without running time
for name in sleeper idle; do xl create -q $name.xl; said $name start; done
sleep 1
for name in sleeper idle; do xl list $name > results/$name.before; done
sleep 3
for name in sleeper idle; do xl list $name > results/$name.after; done
xl shutdown idle; finish idle

# what is not done is not acknowledged
control=/local/domain/$(xl domid sleeper)/control/shutdown
xenstore write $control suspend; said sleeper suspend
xenstore read $control > results/suspend
xl shutdown sleeper; finish sleeper

# told of its end; of a reboot; twice
for name in told leaver rebooted impatient; do xl create -q $name.xl; said $name start; done
xl shutdown told; finish told
xl shutdown leaver; finish leaver
xl reboot rebooted; finish rebooted
xl shutdown impatient; said impatient 'shutdown requested'; xl shutdown impatient; finish impatient
finish stubborn

# prints for ever; and so to a reader who does not read
xl create -q printer.xl; said printer line
xl shutdown printer; finish printer
xl create -q unread.xl; said unread line
kill -STOP $(cat /run/xenconsoled.pid); sleep 0.5
xl shutdown unread; await unread
kill -CONT $(cat /run/xenconsoled.pid); keep unread

# domains come and go without a trace
sleep 1
xl list | awk '{ print $1 }' > results/domains-before
xenstore-ls > results/xenstore-before
i=0; while [ $((i = i + 1)) -le 100 ]; do xl create -q small.xl && await small && echo $i > results/created; done
sleep 1
xl list | awk '{ print $1 }' > results/domains-after
xenstore-ls > results/xenstore-after
