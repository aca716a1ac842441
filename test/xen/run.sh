# In dom0: every test of shim.test.ts, one after the other. What is checked is left in results/.

await() { # NAME: until the domain is gone
  tries=0
  while xl domid $1 > /dev/null 2>&1 && [ $((tries = tries + 1)) -lt 300 ]; do sleep 0.1; done
  ! xl domid $1 > /dev/null 2>&1
}
keep() { # NAME: its console, and what xl says of its end
  cp /var/log/xen/console/guest-$1.log results/$1.console
  cp /var/log/xen/xl-$1.log results/$1.xl
}
for name in $(cat to-the-end); do
  xl create -q $name.xl 2> results/$name.create
  await $name
  keep $name
done

# the example that reads; `xl console` itself takes no pipe
xl create -q -p console-echo.xl
(printf 'one\ntwo\n\004'; sleep 5) | xenconsole --interactive $(xl domid console-echo) > /dev/null 2>&1 &
xl unpause console-echo
await console-echo
keep console-echo

# create -c, as a user types it
xl create -c out_to_lunch.xl > results/create-c 2>&1

# pause and unpause, while it counts
xl create -q -p counter.xl; xl list counter > results/paused-before
xl unpause counter; sleep 1
xl pause counter; sleep 0.5
wc -l < /var/log/xen/console/guest-counter.log > results/count-paused; sleep 2
wc -l < /var/log/xen/console/guest-counter.log >> results/count-paused
xl unpause counter; sleep 1
wc -l < /var/log/xen/console/guest-counter.log >> results/count-paused
xl shutdown -w counter
keep counter

# idle: blocked, and without running time
xl create -q sleeper.xl; sleep 1; xl list sleeper > results/idle-before; sleep 3; xl list sleeper > results/idle
xl shutdown -w sleeper; keep sleeper

# domains come and go without a trace
await counter; await sleeper; sleep 1
xl list | awk '{ print $1 }' > results/domains-before
xenstore-ls > results/xenstore-before
i=0; while [ $((i = i + 1)) -le 100 ]; do xl create -q small.xl && await small && echo $i > results/created; done
sleep 1
xl list | awk '{ print $1 }' > results/domains-after
xenstore-ls > results/xenstore-after
