# In dom0: a guest with two vifs, each on a bridge of its own, whose back end is taken away and comes again; then an image with a
# stack on each, by its NAME.xl as it was generated.

said() { # NAME TEXT: until it stands on the domain's console
  tries=0
  until grep -q "$2" /var/log/xen/console/guest-$1.log || [ $((tries = tries + 1)) -ge 300 ]; do sleep 0.1; done
}
answers() { # NUMBER: until that vif's guest does
  tries=0
  until ping -c 1 -W 1 10.0.$1.2 > /dev/null || [ $((tries = tries + 1)) -ge 30 ]; do :; done
}
talk() { # NAME TCP: to both
  for number in 0 1; do
    answers $number
    ping -c 5 10.0.$number.2 > results/ping-$1-$number
    ip neigh show 10.0.$number.2 > results/neighbour-$1-$number
    ./peer 10.0.$number.2 2000 $2 > results/peer-$1-$number
  done
}
finish() { # NAME
  xl shutdown $1
  tries=0
  while xl domid $1 > /dev/null 2>&1 && [ $((tries = tries + 1)) -lt 150 ]; do sleep 0.1; done
  cp /var/log/xen/console/guest-$1.log results/$1.console
  cp /var/log/xen/xl-$1.log results/$1.xl
}
mkdir -p /etc/xen/scripts
cp vif.sh /etc/xen/scripts/vif-bridge
for number in 0 1; do
  ip link add br$number type bridge
  ip addr add 10.0.$number.1/24 dev br$number
  ip link set br$number up
done

xl create -q responder.xl 2> results/create
said responder 'vif 1: connected'
domain=$(xl domid responder)
talk first

# Linux lets its driver go from a vif, and take it again
driver=/sys/bus/xen-backend/drivers/vif
for number in 0 1; do echo vif-$domain-$number > $driver/unbind; done
ping -c 1 -W 1 10.0.0.2 > results/ping-between
for number in 0 1; do
  echo vif-$domain-$number > $driver/bind
  vif=vif$domain.$number XENBUS_PATH=/local/domain/0/backend/vif/$domain/$number sh vif.sh online
done
talk again

xl network-detach responder 1
xenstore-ls -f > results/xenstore
ping -c 1 10.0.0.2 > results/ping-left
finish responder

xl create -q echo.xl 2>> results/create
said echo 'vif 1: connected'
talk image tcp
finish echo

xl create -q -F -c face.xl > results/face 2> results/face.xl

# without a vif
xl create -q -F -c alone.xl > results/alone 2> results/alone.xl
