"""Golden values of tests/core/learning/OptimiserTest.cpp, by PyTorch's own optimisers and schedule."""
import torch


def after(make):
    value = torch.tensor([1.0, -2.0], requires_grad=True)
    optimiser = make([value])
    for _ in range(5):
        value.grad = (value * torch.tensor([1.0, 3.0]) + 0.1).detach()
        optimiser.step()
    return [f"{x:.7f}" for x in value.tolist()]


print("sgd", after(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01)))
print("adam", after(lambda p: torch.optim.Adam(p, lr=0.1, weight_decay=0.01)))
print("adamw", after(lambda p: torch.optim.AdamW(p, lr=0.1, weight_decay=0.01)))
optimiser = torch.optim.SGD([torch.zeros(1)], lr=1.0)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1.0, total_steps=10, pct_start=0.3, cycle_momentum=False)
rates = []
for _ in range(10):
    rates.append(f"{optimiser.param_groups[0]['lr']:.12g}")
    optimiser.step()
    schedule.step()
print("one-cycle", ", ".join(rates))
