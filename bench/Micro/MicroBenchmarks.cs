namespace Registry.Bench.Micro;

internal static class MicroBenchmarks
{
    public static int Run() => 0;
}
