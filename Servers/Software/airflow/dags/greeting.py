"""A workflow of two tasks, for the calls to start and to look at."""
import datetime

from airflow.sdk import dag, task


@dag(schedule=None, start_date=datetime.datetime(2024, 1, 1), tags=["greetings"])
def greeting():
    @task
    def name():
        return "Mia"

    @task
    def greet(who):
        print(f"Hello, {who}")

    greet(name())


greeting()
