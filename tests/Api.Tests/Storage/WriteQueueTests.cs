using System.Collections.Concurrent;
using Galley.Storage;
using Galley.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Galley.Tests.Storage;

/// <summary>What somebody waits for goes before what has time, which is never left waiting for good.</summary>
public sealed class WriteQueueTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public void The_urgent_are_taken_before_the_patient_and_few_of_these_beside_them()
    {
        var queue = Filled(urgent: 3, patient: 10);

        Assert.Equal("u0 u1 u2 p0 p1 p2 p3", Take(queue));
        Assert.Equal("p4 p5 p6 p7 p8 p9", Take(queue));
    }

    [Fact]
    public void A_group_has_no_more_than_its_most()
    {
        var queue = Filled(urgent: 0, patient: 100);

        Assert.Equal(64, Take(queue).Split(' ').Length);
        Assert.Equal(36, Take(queue).Split(' ').Length);
    }

    [Fact]
    public void Who_steps_aside_comes_next_and_in_the_same_order()
    {
        var queue = Filled(urgent: 0, patient: 5);
        var group = new List<string>();
        queue.Take(group, 256, 64, Timeout.InfiniteTimeSpan, _ => false);
        queue.TryAdd("late");

        queue.StepAside(group, 2, 256);

        Assert.Equal(["p0", "p1", "late"], group);
        Assert.Equal("p2 p3 p4", Take(queue));
    }

    [Fact]
    public void One_that_is_to_be_alone_is()
    {
        var queue = new WriteQueue<string>(10);
        queue.AddPatient(["a", "alone", "b"]);
        queue.TryAdd("u");

        Assert.Equal(["u a", "alone", "b"], [Take(queue), Take(queue), Take(queue)]);
    }

    [Fact]
    public void One_that_is_to_be_alone_comes_at_last_however_many_are_urgent()
    {
        var queue = Filled(urgent: 0, patient: 0);
        queue.AddPatient(["alone", "b"]);
        var taken = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            queue.TryAdd("u");
            taken.Add(Take(queue));
        }

        Assert.Equal([.. Enumerable.Repeat("u", 16), "alone", "u u b", "u", "u"], taken);
    }

    [Fact]
    public async Task A_group_that_is_full_without_those_who_step_aside_is_written()
    {
        var writer = newsroom.Services.GetRequiredService<Writer>();
        using var isBusy = new SemaphoreSlim(0);
        using var mayGoOn = new SemaphoreSlim(0);
        async ValueTask<bool> BlockAsync()
        {
            isBusy.Release();
            return mayGoOn.Wait(TimeSpan.FromSeconds(30)) && await new ValueTask<bool>(true);
        }

        var writes = new List<Task<bool>> { writer.WriteAsync(_ => BlockAsync()) };
        Assert.True(await isBusy.WaitAsync(TimeSpan.FromSeconds(30)));
        writes.Add(writer.WriteAsync(_ => BlockAsync()));
        writes.AddRange(Enumerable.Range(0, 255).Select(_ => writer.WriteAsync(_ => new ValueTask<bool>(true))));
        writes.AddRange(writer.WriteInTime(Enumerable.Repeat<Func<WriteSession, ValueTask<bool>>>(_ => new ValueTask<bool>(true), 4)));
        mayGoOn.Release();
        Assert.True(await isBusy.WaitAsync(TimeSpan.FromSeconds(30)));
        writes.Add(writer.WriteAsync(_ => new ValueTask<bool>(true)));
        mayGoOn.Release();

        Assert.All(await Task.WhenAll(writes), Assert.True);
    }

    [Fact]
    public void Too_many_urgent_are_refused_and_all_once_it_is_closed()
    {
        var queue = Filled(urgent: 10, patient: 1);

        Assert.False(queue.TryAdd("one too many"));
        queue.Close();
        Assert.Throws<OutageException>(() => queue.TryAdd("late"));
        Assert.Throws<OutageException>(() => queue.AddPatient(["late"]));
        Assert.Equal("u0 u1 u2 u3 u4 u5 u6 u7 u8 u9 p0", Take(queue));
        Assert.False(queue.Take([], 256, 64, Timeout.InfiniteTimeSpan, _ => false));
    }

    [Fact]
    public async Task A_push_that_comes_while_lines_are_written_is_written_before_the_rest_of_them()
    {
        var writer = newsroom.Services.GetRequiredService<Writer>();
        var order = new ConcurrentQueue<string>();
        using var isBusy = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();

        var patient = writer.WriteInTime(Enumerable.Range(0, 5).Select(i => new Func<WriteSession, ValueTask<bool>>(_ =>
        {
            order.Enqueue($"line {i}");
            isBusy.Set();
            return new ValueTask<bool>(i > 0 || mayGoOn.Wait(TimeSpan.FromSeconds(30)));
        })));
        Assert.True(isBusy.Wait(TimeSpan.FromSeconds(30)));
        var push = writer.WriteAsync(_ =>
        {
            order.Enqueue("push");
            return new ValueTask<bool>(true);
        });
        mayGoOn.Set();
        await push;
        await Task.WhenAll(patient);

        Assert.Equal(["line 0", "push", "line 1", "line 2", "line 3", "line 4"], order);
    }

    private static WriteQueue<string> Filled(int urgent, int patient)
    {
        var queue = new WriteQueue<string>(10);
        for (var i = 0; i < urgent; i++)
            Assert.True(queue.TryAdd($"u{i}"));
        queue.AddPatient(Enumerable.Range(0, patient).Select(i => $"p{i}"));
        return queue;
    }

    private static string Take(WriteQueue<string> queue)
    {
        var group = new List<string>();
        Assert.True(queue.Take(group, 256, 64, Timeout.InfiniteTimeSpan, item => item == "alone"));
        return string.Join(' ', group);
    }
}
