using Galley.Tests.Keys.Matrix;
using Xunit.Abstractions;

namespace Galley.Tests.Keys;

/// <summary>Every operation of the running server, for every kind of caller, in every state of what stands there, answers as the policy says; and a refusal changes no row of any table.</summary>
public sealed class AuthorisationMatrixTests(MatrixNewsroom newsroom, ITestOutputHelper output) : IClassFixture<MatrixNewsroom>
{
    [Fact]
    public void Every_operation_has_its_row_in_the_policy_and_every_row_its_operation()
    {
        var operations = MatrixRun.OperationsOf(newsroom).Select(operation => $"{(operation.Method == "HEAD" ? "GET" : operation.Method)} {operation.Pattern}").Distinct().ToList();
        var rows = Policies.Table.Select(row => row.Operation).Distinct().ToList();

        Assert.True(operations.Count >= 30, "The route table is not what it was.");
        Assert.True(!operations.Except(rows).Any(), $"Nobody said who may call {string.Join(", ", operations.Except(rows))}. Give each a row in {nameof(Policies)}.{nameof(Policies.Table)}.");
        Assert.True(!rows.Except(operations).Any(), $"There is no operation {string.Join(", ", rows.Except(operations))} any more. Take its row out of {nameof(Policies)}.{nameof(Policies.Table)}.");
    }

    [Fact]
    public async Task Every_cell_is_as_the_policy_says_and_a_refusal_changes_no_row() => await MatrixCheck.RunAsync(newsroom, isReadingOpen: true, output);
}

/// <summary>Where reading needs a key, what readers ask is as the policy says too.</summary>
public sealed class ClosedAuthorisationMatrixTests(ClosedMatrixNewsroom newsroom, ITestOutputHelper output) : IClassFixture<ClosedMatrixNewsroom>
{
    [Fact]
    public async Task Every_cell_is_as_the_policy_says_and_a_refusal_changes_no_row() => await MatrixCheck.RunAsync(newsroom, isReadingOpen: false, output);
}

/// <summary>Runs the matrix and says which cells are wrong.</summary>
internal static class MatrixCheck
{
    private const int Shown = 40;

    public static async Task RunAsync(MatrixNewsroom newsroom, bool isReadingOpen, ITestOutputHelper output)
    {
        var run = new MatrixRun(newsroom, isReadingOpen);
        var wrong = await run.GoAsync();

        output.WriteLine($"{run.Count.Still} cells that must change nothing, {run.Count.Writing} that may write, {wrong.Count} wrong");
        Assert.True(run.Count.Still > 1_000);
        Assert.True(wrong.Count == 0, $"{wrong.Count} cells are not as the policy says:\n{string.Join('\n', wrong.Take(Shown))}");
    }
}
