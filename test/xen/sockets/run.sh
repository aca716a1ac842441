# In dom0: servers, each by its NAME.xl, on one bridge whose cable leads to the tests; and what runs to its end, beside them. A
# call to port 9999 of dom0's ends them all, and begins the domain that is flooded, alone on the bridge: what goes to all comes to none but
# it. Another call ends it.

said() { # NAME TEXT: until it stands on the domain's console
  tries=0
  until grep -q "$2" /var/log/xen/console/guest-$1.log || [ $((tries = tries + 1)) -ge 300 ]; do sleep 0.1; done
}
finish() { # NAME
  xl shutdown $1
  tries=0
  while xl domid $1 > /dev/null 2>&1 && [ $((tries = tries + 1)) -lt 150 ]; do sleep 0.1; done
  cp /var/log/xen/console/guest-$1.log results/$1.console
  cp /var/log/xen/xl-$1.log results/$1.xl
}
for name in $(cat servers); do xl create -q $name.xl 2>> results/create; done
ip addr add 10.0.0.254/24 dev br0
for name in $(cat servers); do said $name 'vif 0: 1'; done
echo ready
for name in $(cat programs); do xl create -q -F -c $name.xl > results/$name 2> results/$name.xl; done
echo done
nc -l -p 9999 > /dev/null
for name in $(cat servers); do finish $name; done
xl create -q counted.xl 2>> results/create
said counted 'listening at'
echo alone
nc -l -p 9999 > /dev/null
finish counted
