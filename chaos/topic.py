"""The topic of attribution records: written in transactions, and read back."""
import time

from confluent_kafka import Consumer, KafkaError, Producer, TopicPartition


def fill(servers, topic, records, choose):
    """Writes them in transactions, of which some are given up; how many a reader sees."""
    producer = Producer({"bootstrap.servers": servers, "transactional.id": topic, "linger.ms": 20})
    producer.init_transactions(30)
    left, aborts, visible = 0, 0, 0
    for key, payload, kind in records:
        if left == 0:
            left, is_aborted = choose.randint(20, 3000), choose.random() < 0.08
            producer.begin_transaction()
        headers = {"chaos": "aborted" if is_aborted else kind}
        while True:
            try:
                producer.produce(topic, key=key, value=payload, headers=headers)
                break
            except BufferError:
                producer.poll(0.1)
        left -= 1
        visible += not is_aborted
        if left == 0:
            aborts += end(producer, is_aborted)
    if left:
        aborts += end(producer, is_aborted)
    return visible, aborts


def end(producer, is_aborted):
    producer.flush(60)
    if is_aborted:
        producer.abort_transaction(30)
    else:
        producer.commit_transaction(30)
    return is_aborted


def read_committed(servers, topic, partitions):
    """Every message that a reader is to see: partition, offset, payload and kind, each partition in its order."""
    consumer = Consumer({"bootstrap.servers": servers, "group.id": f"{topic}-reader", "enable.partition.eof": True,
                         "isolation.level": "read_committed", "enable.auto.commit": False})
    consumer.assign([TopicPartition(topic, p, 0) for p in range(partitions)])
    done, heard = 0, time.monotonic()
    while done < partitions:
        messages = consumer.consume(10_000, 0.2)
        if messages:
            heard = time.monotonic()
        elif time.monotonic() - heard > 60:
            raise SystemExit(f"{topic}: no answer in 60 s")
        for message in messages:
            if message.error() is None:
                yield message.partition(), message.offset(), message.value(), dict(message.headers())["chaos"].decode()
            elif message.error().code() == KafkaError._PARTITION_EOF:
                done += 1
            else:
                raise SystemExit(f"{topic}: {message.error()}")
    consumer.close()
